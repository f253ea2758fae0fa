"""Writing a file whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, contents: bytes) -> None:
    """Write ``contents`` into the file ``path``; if that fails, what it held before is untouched.

    Raises:
        OSError: it cannot be written.
    """
    if path.exists() and not path.is_file():
        # A device or a pipe, which cannot be replaced; or a folder, which says so.
        path.write_bytes(contents)
        return
    # Through a link to the file it means, or the link would be replaced by a file.
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            file.write(contents)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
