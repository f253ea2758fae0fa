"""A lock that the system itself takes away when the process that holds it ends, however it ends."""

import contextlib
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """Holds the file ``path`` locked until ``release``. Made by ``acquire``."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path, self._handle = path, handle

    @classmethod
    def acquire(cls, path: Path) -> "FileLock | None":
        """Return the lock on ``path``, or None if somebody else holds it, another window of this process included.

        Raises:
            OSError: the file cannot be made, or the drive knows no locks.
        """
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                held = _lock(handle)
            except OSError:
                os.close(handle)
                raise
            if not held:
                os.close(handle)
                return None
            if _is_still(path, handle):
                return cls(path, handle)
            # Whoever held it before has removed the file meanwhile; the lock on that one keeps nobody out.
            os.close(handle)

    def release(self, *, remove: bool = False) -> None:
        """Give the lock up, and remove its file if ``remove``."""
        if remove and sys.platform != "win32":
            # While it is held, so that nobody can take it in between.
            self._path.unlink(missing_ok=True)
        os.close(self._handle)
        if remove and sys.platform == "win32":
            # Where that fails somebody has taken it at once, and will remove it.
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


def _lock(handle: int) -> bool:
    """Lock an open file; return False if another has it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        # The first on Linux and macOS, the second on Windows.
        return False
    return True


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
