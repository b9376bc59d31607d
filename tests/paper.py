"""Reads printed sheets back, as eyes and phones would."""

import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

DOTS_PER_INCH = 150
MM = DOTS_PER_INCH / 25.4
POINTS_IN_MM = 72 / 25.4
LINE_OF_NOTO = 1.362  # how tall its letters' box is, in sizes

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>')
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_BOX = re.compile(rb"([\d.]+) (-?[\d.]+) re S")


@dataclass(frozen=True)
class Word:
    """A word on a page: where it begins, in mm from the top left, and its size in points."""

    text: str
    x: float
    y: float
    size: float


def _poppler(tool: str, *arguments: object) -> str:
    """Run one of poppler's tools; skip the test where it is not installed."""
    if shutil.which(tool) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{tool} is not installed: run `make test` as root, or install poppler-utils")
        pytest.skip(f"{tool} is not installed")
    return subprocess.run([tool, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def rendered(pdf: bytes, folder: Path) -> list[Path]:
    """The PDF's pages as pictures."""
    (folder / "sheets.pdf").write_bytes(pdf)
    _poppler("pdftoppm", "-r", DOTS_PER_INCH, "-gray", folder / "sheets.pdf", folder / "page")
    return sorted(folder.glob("page-*.pgm"))


def codes_on(page: Path) -> list[zxingcpp.Barcode]:
    """What a phone would read off the page."""
    with Image.open(page) as picture:
        return list(zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)))


def side_of(code: zxingcpp.Barcode) -> float:
    """How wide a code is, in mm."""
    return (code.position.top_right.x - code.position.top_left.x) / MM


def boxed_text(pdf: bytes, folder: Path) -> str:
    """The words of each page and where they stand, as poppler writes them."""
    (folder / "words.pdf").write_bytes(pdf)
    return _poppler("pdftotext", "-bbox", folder / "words.pdf", "-")


def words_on(pdf: bytes, folder: Path) -> list[list[Word]]:
    """The words of each page."""
    pages = boxed_text(pdf, folder).split("<page ")[1:]
    return [list(_words(page)) for page in pages]


def _words(page: str) -> Iterator[Word]:
    for left, top, _, bottom, text in _WORD.findall(page):
        size = (float(bottom) - float(top)) / LINE_OF_NOTO
        yield Word(text, float(left) / POINTS_IN_MM, float(top) / POINTS_IN_MM, round(size, 1))


def text_of(page: list[Word]) -> str:
    """A page's words in their order."""
    return " ".join(word.text for word in page)


def streams_of(pdf: bytes) -> list[bytes]:
    """What is drawn on its pages, in their order, and whatever else is packed like it."""
    return [_inflated(stream) for stream in _STREAM.findall(pdf)]


def boxes_in(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height in mm of every outlined box of the document."""
    found = [box for stream in streams_of(pdf) for box in _BOX.findall(stream)]
    return [(float(width) / POINTS_IN_MM, abs(float(height)) / POINTS_IN_MM) for width, height in found]


def _inflated(stream: bytes) -> bytes:
    try:
        # One whose last byte looks like a line's end comes without it.
        return zlib.decompressobj().decompress(stream)
    except zlib.error:  # a font's program or some other thing that holds no boxes
        return b""


def pictures_in(pdf: bytes, folder: Path) -> list[int]:
    """The page of each picture."""
    (folder / "pictures.pdf").write_bytes(pdf)
    lines = _poppler("pdfimages", "-list", folder / "pictures.pdf").splitlines()[2:]
    return [int(line.split()[0]) for line in lines]


def facts_of(pdf: bytes, folder: Path) -> dict[str, str]:
    """What a reader's window tells about the document: its title, author, programs."""
    (folder / "facts.pdf").write_bytes(pdf)
    lines = _poppler("pdfinfo", folder / "facts.pdf").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
