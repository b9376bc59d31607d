"""The picture of a board report for its document: a bar for each locality, drawn on the server."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from flask import current_app
from PIL import Image, ImageDraw, ImageFont

from pbvote.public_account.boards.shown import BoardBar

_WIDTH: Final = 1600  # pixels: 17 cm at 240 dots an inch
_ROW, _WORDS, _BAR = 132, 50, 60
_INK, _TRACK, _FUNDED, _PAPER = "#0b0c0c", "#e2dfd6", "#1a5e63", "#ffffff"


def bars_picture(bars: Sequence[BoardBar]) -> bytes:
    """The bars as a PNG, each under its words."""
    picture = Image.new("RGB", (_WIDTH, _ROW * len(bars)), _PAPER)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(Path(current_app.static_folder or "") / "NotoSans_400Regular.ttf"), 34)
    for number, bar in enumerate(bars):
        top, length = number * _ROW, _WIDTH * bar.per_cent / 100
        draw.text((0, top), bar.words, fill=_INK, font=font)
        draw.rectangle((0, top + _WORDS, length - 1, top + _WORDS + _BAR), fill=_TRACK)
        for piece in bar.pieces:
            left, right = length * piece.start / 100, length * (piece.start + piece.width) / 100
            draw.rectangle((left, top + _WORDS, max(right - 4, left), top + _WORDS + _BAR), fill=_FUNDED)
    drawn = BytesIO()
    picture.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()
