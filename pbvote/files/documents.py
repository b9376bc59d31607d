"""Documents, as office programs write them: told apart by content, never unpacked, never changed.

Whatever would run on the computer of whoever opens it, or could not be opened there, is refused.
"""

import enum
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from pbvote.files.refusals import (
    MEGABYTE,
    DamagedFile,
    EmptyFile,
    HasMacros,
    HasPassword,
    NoDocument,
    OldDocument,
    TooManyBytes,
    UnpacksTooLarge,
)

MOST_BYTES: Final = 15 * MEGABYTE
MOST_UNPACKED_BYTES: Final = 200 * MEGABYTE
"""What the parts of an office file may be together by their own account: the densest honest sheets unpack tenfold."""
_MOST_DIRECTORY_BYTES: Final = 512 * 1024
_MANIFEST_BYTES: Final = MEGABYTE
_END_OF_ZIP: Final = 22


class DocumentKind(enum.StrEnum):
    """The kinds that are taken. The value is the ending that the file is given."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"

    @property
    def media_type(self) -> str:
        """What a browser is told."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES: Final = {
    DocumentKind.PDF: "application/pdf",
    DocumentKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DocumentKind.ODT: "application/vnd.oasis.opendocument.text",
    DocumentKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
ACCEPT: Final = tuple(f".{kind.value}" for kind in DocumentKind)
_OPEN_DOCUMENTS: Final = {kind.media_type: kind for kind in (DocumentKind.ODT, DocumentKind.ODS)}
_OFFICE_PARTS: Final = {"word/document.xml": DocumentKind.DOCX, "xl/workbook.xml": DocumentKind.XLSX}
# Word and Excel put scripts into vbaProject.bin or macro sheets, OpenDocument into folders of their own.
_MACROS: Final = re.compile(r"(^|/)vbaProject\.bin$|^xl/macrosheets/|^(Basic|Scripts)/", re.IGNORECASE)
# The trailer of a PDF stands in plain text, also where everything else is packed.
_PDF_LOCK: Final = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document as it was sent, not stored yet."""

    content: bytes
    kind: DocumentKind
    name: str


def read_document(content: bytes, name: str = "") -> NewDocument:
    """A document out of a file that somebody sent. Raises a `FileRefused` that says what to do instead."""
    if not content:
        raise EmptyFile
    if len(content) > MOST_BYTES:
        raise TooManyBytes(MOST_BYTES)
    if content.startswith(b"%PDF-"):
        return NewDocument(content, _pdf(content), name)
    if content.startswith(b"PK\x03\x04"):
        return NewDocument(content, _office(content), name)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        # The box of old Word and Excel files; new ones are put into it when they get a password.
        raise HasPassword if "EncryptedPackage".encode("utf-16-le") in content else OldDocument
    raise NoDocument


def _pdf(content: bytes) -> DocumentKind:
    if b"%%EOF" not in content[-2048:]:
        raise DamagedFile
    if _PDF_LOCK.search(content):
        raise HasPassword
    return DocumentKind.PDF


def _office(content: bytes) -> DocumentKind:
    """The kind of an office file, by its list of parts. Only its label and its manifest are read."""
    _require_small_directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            listed = parts.infolist()
            if sum(part.file_size for part in listed) > MOST_UNPACKED_BYTES:
                raise UnpacksTooLarge
            if any(part.flag_bits & 1 for part in listed) or _is_locked(parts):
                raise HasPassword
            if any(_MACROS.search(part.filename) for part in listed):
                raise HasMacros
            return _kind_by_parts(parts)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as broken:
        raise DamagedFile from broken


def _require_small_directory(content: bytes) -> None:
    """Refuse a list of parts that is longer than any office program's: reading it would take the memory already."""
    end = content[-_END_OF_ZIP:]
    if not end.startswith(b"PK\x05\x06"):
        raise DamagedFile
    is_zip64 = content[-_END_OF_ZIP - 20 :].startswith(b"PK\x06\x07")
    if is_zip64 or int.from_bytes(end[12:16], "little") > _MOST_DIRECTORY_BYTES:
        raise UnpacksTooLarge


def _kind_by_parts(parts: zipfile.ZipFile) -> DocumentKind:
    names = set(parts.namelist())
    if "[Content_Types].xml" in names:
        for part, kind in _OFFICE_PARTS.items():
            if part in names:
                return kind
    said = _beginning(parts, "mimetype", 200).decode("ascii", "replace").strip()
    if said not in _OPEN_DOCUMENTS or "content.xml" not in names:
        raise NoDocument
    return _OPEN_DOCUMENTS[said]


def _is_locked(parts: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument file says that its parts are encrypted."""
    return b"encryption-data" in _beginning(parts, "META-INF/manifest.xml", _MANIFEST_BYTES)


def _beginning(parts: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A part's first bytes, however many there are; nothing where it is missing."""
    if name not in parts.namelist():
        return b""
    with parts.open(name) as part:
        return part.read(most)
