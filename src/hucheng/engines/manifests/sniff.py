"""What kind of file is it, and in which characters: decided from the content, never from the name."""

import codecs
import re
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from hucheng.engines.manifests.catalogue import unreadable

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SIGNATURES = {
    b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"\x1f\x8b": "gzip", b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z", b"MZ": "EXE", b"\x7fELF": "ELF", b"{\\rtf": "RTF",
}  # fmt: skip
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1b\x7f-\x9f\ufffd\ufffe\uffff]")
EDIFACT = re.compile(r"\s*(?:UNA.{6}|UN[BGH]\W)", re.DOTALL)
LEVELS = {"UNOC": "latin-1", "UNOD": "iso8859-2", "UNOE": "iso8859-5", "UNOF": "iso8859-7", "UNOK": "iso8859-9"}


def format_of(data: bytes) -> str:
    """Give "xlsx" or "text".

    Raises ManifestUnreadable when the file is empty, too large, or of a kind that holds no list.
    """
    if not data.strip(b"\x00 \r\n\t\xef\xbb\xbf\xfe\xff"):
        raise unreadable("EMPTY")
    if len(data) > MAX_BYTES:
        raise unreadable("TOO_LARGE", limit=MAX_BYTES // 1024**2)
    if data.startswith(OLE):
        raise unreadable("PASSWORD" if ENCRYPTED in data else "OLD_EXCEL")
    if data.startswith(b"PK"):
        check_archive(data)
        return "xlsx"
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise unreadable("WRONG_TYPE", found=kind)
    return "text"


def check_archive(data: bytes) -> None:
    """Refuse what is no workbook, is cut off, is locked, or would unpack to more than 300 MB."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (BadZipFile, LargeZipFile, EOFError, ValueError, NotImplementedError, OSError) as broken:
        raise unreadable("BROKEN_ARCHIVE") from broken
    if any(entry.flag_bits & 1 for entry in entries):
        raise unreadable("PASSWORD")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise unreadable("ZIP_BOMB")
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise unreadable("WRONG_TYPE", found="ZIP")


def text_of(data: bytes) -> tuple[str, str]:
    """Decode a text file, and name the encoding.

    Tries, in order: byte order mark, UTF-16 by its zero bytes, UTF-8, the level in UNB, GB18030. A character cut at
    the very end is left out. Raises ManifestUnreadable when nothing fits or the text is noise.
    """
    for candidate in _candidates(data):
        try:
            text = codecs.getincrementaldecoder(candidate)().decode(data)
        except UnicodeDecodeError:
            continue
        text = text.removeprefix("\ufeff")
        if not _is_noise(text):
            return text, candidate
    raise unreadable("BAD_ENCODING" if len(data) > 8 else "WRONG_TYPE", **({} if len(data) > 8 else {"found": "?"}))


def _candidates(data: bytes) -> list[str]:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return [encoding]
    sample = data[:2000]
    if sample.count(0) * 4 > len(sample):
        return ["utf-16-le", "utf-16-be"] if sample[1::2].count(0) >= sample[::2].count(0) else ["utf-16-be"]
    level = re.search(rb"UNB.(UNO[A-Z])", data[:200], re.DOTALL)
    declared = LEVELS.get(level[1].decode()) if level else None
    return ["utf-8", *([declared] if declared else []), "gb18030"]


def _is_noise(text: str) -> bool:
    controls = len(CONTROLS.findall(text))
    return "\x00" in text or controls * 100 > len(text)


def is_edifact(text: str) -> bool:
    """The text begins with a service segment of UN/EDIFACT."""
    return EDIFACT.match(text) is not None
