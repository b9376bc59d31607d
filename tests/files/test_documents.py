"""Documents are told apart by content; what runs, what is locked and what swells is refused in a sentence."""

import zipfile

import pytest

from pbvote.files import documents
from pbvote.files.documents import DocumentKind, read_document
from pbvote.files.names import clean_name
from pbvote.files.refusals import (
    DamagedFile,
    EmptyFile,
    FileRefused,
    HasMacros,
    HasPassword,
    NoDocument,
    OldDocument,
    TooManyBytes,
    UnpacksTooLarge,
)
from tests.files.samples import claiming, office_file, pdf_file

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "odt", "ods"])
def test_office_files_are_known_by_their_parts(kind: str) -> None:
    sent = office_file(kind)
    new = read_document(sent, "whatever.exe")
    assert new.kind is DocumentKind(kind)
    assert new.content == sent
    assert new.kind.media_type.startswith("application/vnd.o")


def test_a_pdf_is_known_by_its_head() -> None:
    assert read_document(pdf_file(), "a").kind is DocumentKind.PDF
    assert read_document(pdf_file(b"<< /Root 1 0 R /Producer (/EncryptMetadata /Encrypt this) >>")).kind == "pdf"


@pytest.mark.parametrize(
    ("content", "refusal", "sentence"),
    [
        (b"", EmptyFile, "empty"),
        (b"<html>", NoDocument, "Choose a PDF, Word, Excel or OpenDocument file"),
        (b"MZ" + bytes(99), NoDocument, "not a document that we take"),
        (office_file("zip"), NoDocument, "not a document that we take"),
        (office_file("pptx"), NoDocument, "not a document that we take"),
        (OLD, OldDocument, "old kind of Word or Excel file. Save it as .docx, .xlsx or PDF"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), HasPassword, "protected by a password"),
        (pdf_file(b"<< /Root 1 0 R /Encrypt 7 0 R >>"), HasPassword, "Save a copy without one, and choose that"),
        (pdf_file(b"<< /Encrypt<< /Filter /Standard >> >>"), HasPassword, "protected by a password"),
        (pdf_file()[:-8], DamagedFile, "damaged or was cut short"),
        (office_file("docx")[:-9], DamagedFile, "damaged or was cut short"),
        (office_file("docx", **{"word/vbaProject.bin": b"x"}), HasMacros, "macros"),
        (office_file("xlsx", **{"xl/macrosheets/sheet1.xml": b"x"}), HasMacros, "macros"),
        (office_file("ods", **{"Basic/Standard/script-lb.xml": b"x"}), HasMacros, "Save a copy without them"),
        (office_file("odt", **{"Scripts/python/a.py": b"x"}), HasMacros, "macros"),
        (
            office_file("odt", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
            HasPassword,
            "protected by a password",
        ),
        (claiming(office_file("xlsx"), 1024**3), UnpacksTooLarge, "far too large when it is opened"),
        (office_file("xlsx", **{f"{'x' * 500}{n}": "" for n in range(1500)}), UnpacksTooLarge, "far too large"),
    ],
)
def test_what_is_not_taken_is_refused_in_a_sentence(content: bytes, refusal: type[FileRefused], sentence: str) -> None:
    with pytest.raises(refusal, match=sentence):
        read_document(content, "report.pdf")


def test_a_bomb_is_refused_without_unpacking_it(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = office_file("xlsx", **{f"xl/worksheets/sheet{n}.xml": bytes(30_000_000) for n in range(8)})
    assert len(bomb) < 1_000_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(UnpacksTooLarge, match="far too large when it is opened"):
        read_document(bomb, "sheet.xlsx")


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(TooManyBytes, match="larger than 15 MB"):
        read_document(b"%PDF-" + bytes(documents.MOST_BYTES))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Constitution 2026.pdf", "Constitution 2026.pdf"),
        ("C:\\Users\\ann\\Desktop\\Rules.docx", "Rules.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("", "document.pdf"),
        (".pdf", "pdf.pdf"),
        ('a"b;c\r\nX-Evil: 1.pdf', "a b c X-Evil 1.pdf"),
        ("gpj.\u202eslip.exe", "gpj. slip.pdf"),
        ("قواعد المجموعة.pdf", "قواعد المجموعة.pdf"),
        ("x" * 500 + ".pdf", "x" * 76 + ".pdf"),
    ],
)
def test_names_are_cleaned_and_end_as_their_content_does(sent: str, kept: str) -> None:
    assert clean_name(sent, "pdf") == kept
