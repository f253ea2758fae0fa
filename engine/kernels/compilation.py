"""How kernels are compiled and where the result is kept.

Numba stamps a cached kernel by the content of its own file only and would miss a change in a formula that the kernel
inlines from another file. So the folder itself carries a hash of all engine sources, the Numba version and the lane
width: any change starts a fresh one.
"""

import hashlib
import os
import tempfile
from pathlib import Path

import numba
import platformdirs
from numba import njit

from engine.kernels.width import WIDTH


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{numba.__version__} {WIDTH}".encode())
    sources = Path(__file__).parents[1]
    for source in sorted(sources.rglob("*.py")):
        digest.update(source.relative_to(sources).as_posix().encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _choose_folder() -> Path:
    """Return a folder that can be written to: the user's cache, else a temporary one (compiled anew after a reboot)."""
    chosen = os.environ.get("DESCENT_CACHE_DIR")
    base = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("descent"))
    folder = base / f"kernels-{_fingerprint()}"
    if _is_writable(folder):
        return folder
    return Path(tempfile.gettempdir()) / f"descent-{os.getuid() if hasattr(os, 'getuid') else 'user'}" / folder.name


CACHE_FOLDER = _choose_folder()
# The variable, not numba.config.CACHE_DIR: Numba reads all of its variables again whenever one of them changes.
os.environ["NUMBA_CACHE_DIR"] = str(CACHE_FOLDER)
numba.config.reload_config()

# An outermost kernel: releases the GIL, divides as IEEE does (x / 0 is infinite, not an error).
kernel = njit(nogil=True, cache=True, error_model="numpy")
# A part of a kernel that is seldom needed: a function of its own, so that what is always needed stays in registers.
rare = njit(error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
# A part of a kernel, always inlined: lanes must never travel through memory between the parts.
# The wrappers left out would only serve calls from Python; they took a fifth of the time to compile.
device = njit(forceinline=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
