"""In which encoding a text is written."""

import codecs
import logging
import unicodedata

from charset_normalizer import from_bytes

from engine.datasets.tables.table import TableError

# Names of codecs and how people call them, to choose from.
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16, little endian",
    "utf-16-be": "UTF-16, big endian",
    "cp1252": "Latin-1 (Windows-1252)",
    "latin-1": "Latin-1 (ISO 8859-1)",
    "iso8859_15": "Latin-9 with € (ISO 8859-15)",
    "mac_roman": "Western (Mac Roman)",
    "cp850": "Western (DOS 850)",
    "cp1250": "Central European (Windows-1250)",
    "iso8859_2": "Central European (ISO 8859-2)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8_r": "Cyrillic (KOI8-R)",
    "shift_jis": "Japanese (Shift JIS)",
    "euc_jp": "Japanese (EUC-JP)",
    "gb18030": "Chinese (GB 18030)",
    "big5": "Chinese (Big5)",
    "euc_kr": "Korean (EUC-KR)",
}
# For texts that are in no better one: the first has typographic signs, the second a letter for every byte.
LATIN, ANY_BYTES = "cp1252", "latin-1"
_OTHER_SCRIPTS = ("cp1251", "koi8_r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr")
# So many letters of another script, and twice as many as of the Latin one with accents, are no accident.
_ENOUGH = 6
_FILES_OF_OTHER_KINDS = {
    b"PK\x03\x04": "a zip archive, perhaps a workbook: save its sheet as CSV first",
    b"\xd0\xcf\x11\xe0": "an old workbook: save its sheet as CSV first",
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "compressed: unpack it first",
    b"SQLite": "a database",
    b"\x7fELF": "a program",
}

# It tells every guess to whoever listens to all loggers.
logging.getLogger("charset_normalizer").setLevel(logging.ERROR)


def recognized(sample: bytes) -> str:
    """Return the name of the codec that reads ``sample``, the beginning of a text.

    Raises:
        TableError: it is no text.
    """
    for beginning, what in _FILES_OF_OTHER_KINDS.items():
        if sample.startswith(beginning):
            raise TableError(f"This is no table but {what}.")
    encoding = _by_marks(sample) or _by_contents(sample)
    _check_is_text(decoded(sample, encoding))
    return encoding


def decoded(sample: bytes, encoding: str) -> str:
    """Return ``sample`` as text; what cannot be read is replaced, and what was cut off at its end is left out."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample, final=False)
    return text.removeprefix("\ufeff")


def _by_marks(sample: bytes) -> str:
    """Return the encoding that the first bytes tell, or zeros in every other place; empty if neither does."""
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = sample[0:2000:2], sample[1:2000:2]
    if odd and odd.count(0) > 0.5 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even and even.count(0) > 0.5 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""


def _by_contents(sample: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=False)
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    # A few accents in a table are too little to tell one Western encoding from another, but another script shows.
    best = from_bytes(sample, cp_isolation=[LATIN, *_OTHER_SCRIPTS]).best()
    if best is not None and best.encoding in _OTHER_SCRIPTS and _is_other_script(str(best)):
        return best.encoding
    try:
        sample.decode(LATIN)
    except UnicodeDecodeError:
        return ANY_BYTES
    return LATIN


def _is_other_script(text: str) -> bool:
    letters = [unicodedata.name(letter, "") for letter in text if letter > "\x7f" and letter.isalpha()]
    latin = sum(name.startswith("LATIN") for name in letters)
    return len(letters) - latin >= max(_ENOUGH, 2 * latin)


def _check_is_text(text: str) -> None:
    strange = sum(character < " " and character not in "\t\n\r\f\x1f" for character in text)
    if strange > 0.01 * len(text) or "\0" in text:
        raise TableError("This is no text: it holds bytes that no table has.")
