"""The fonts of the documents: read once, and written with by each document on its own."""

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from fpdf.fonts import TTFFont

from pbvote.printing.document import Document, blank_document

LATIN, ARABIC = "Łódź, efficiently", "مرحبا"


def begun() -> Document:
    """A document with its first words, in a font that has another one's letters too."""
    pdf = blank_document("Paper")
    pdf.set_creation_date(dt.datetime(2014, 3, 1, tzinfo=dt.UTC))
    pdf.add_page()
    pdf.set_font("latin", size=12)
    pdf.cell(text=LATIN)
    return pdf


def ended(pdf: Document, text: str = ARABIC) -> bytes:
    """The file, after words of a script of its own."""
    pdf.set_text_shaping(True)
    pdf.cell(text=text)
    return bytes(pdf.output())


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The files of the fonts that are read."""
    read: list[object] = []
    original: Callable[..., None] = TTFFont.__init__

    def noting(font: TTFFont, *arguments: object, **options: object) -> None:
        read.append(arguments[1])
        original(font, *arguments, **options)

    monkeypatch.setattr(TTFFont, "__init__", noting)
    return read


def test_a_font_is_read_once(app: Flask, reading: list[object]) -> None:
    with app.app_context():
        ended(begun())
        reading.clear()
        ended(begun())
    assert reading == []


def test_documents_that_are_drawn_at_once_hold_nothing_of_each_other(app: Flask) -> None:
    with app.app_context():
        alone = ended(begun()), ended(begun(), "سلام ő")
        first, second = begun(), begun()
        assert (ended(first), ended(second, "سلام ő")) == alone


def test_a_file_holds_the_letters_that_were_written_and_no_font_without_any(app: Flask) -> None:
    with app.app_context():
        short, long = ended(begun(), "a"), ended(begun(), "abcdefghijklmnopqrstuvwxyz")
    assert short.count(b"/FontFile2") == 1
    assert len(short) < len(long) < 20_000
    assert b"NotoSansArabic" not in short
