"""Why a file could not be read or written, in words."""


def reason(error: OSError) -> str:
    """Return it as a clause that can follow a colon."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(error, PermissionError):
        return "you are not allowed to"
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]
