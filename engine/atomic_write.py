"""Write a file whole or not at all: whatever happens on the way, the old one or the new one is there."""

import errno
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec


class FileState(msgspec.Struct, frozen=True):
    """By what a file is known to be the same: when it was last written (ns), and how many bytes it has."""

    modified: int
    size: int


def file_state(path: Path) -> FileState | None:
    """Return the state of the file ``path``, or None if there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return FileState(found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else None


def write_atomically(path: Path, pieces: Iterable[bytes]) -> FileState:
    """Write ``pieces`` into the file ``path`` and return its state once it is safely on the disk.

    Raises:
        OSError: it cannot be written; what it held before is untouched, and nothing else is left behind. The same
            goes for any error that ``pieces`` raises.
    """
    # Through a link to the file it means, or the link would be replaced by a file.
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not target.is_file():
        # An administrator could replace /dev/null for the whole machine; and a pipe would be waited for.
        raise OSError(errno.EINVAL, "This is a device or a pipe, not a file")
    if target.exists() and not os.access(target, os.W_OK):
        # Replacing needs a right on the folder only; a file that is protected against writing is to stay as it is.
        raise PermissionError(f"{target} is read-only")
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            if target.exists():
                # Who may read it stays as it was.
                os.chmod(temporary, stat.S_IMODE(target.stat().st_mode))
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            written = os.fstat(file.fileno())
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return FileState(written.st_mtime_ns, written.st_size)


def _sync_folder(folder: Path) -> None:
    """Put the new name on the disk, too; Windows does so by itself."""
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        # Some network drives do not know how; the file is there all the same.
        pass
    finally:
        os.close(handle)
