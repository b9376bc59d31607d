"""What pictures are drawn on, and in which colours.

Each is drawn twice as large as it is kept, and made smaller at the end, so that its edges are smooth.
"""

import io
import math
from collections.abc import Iterable
from typing import Final

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 900
_SCALE: Final = 2
Point = tuple[float, float]

CREAM, SAND, SUN, AMBER, RUST = "#fbf3e2", "#ecd9b4", "#f6c445", "#e8963a", "#c4512d"
SKY, PALE, LAKE, DEEP, NIGHT = "#bfe0e2", "#dff0ee", "#5aa7ac", "#1a5e63", "#16373c"
LEAF, MOSS, PINE, LILAC, ROSE = "#8fbf5a", "#5f9a4c", "#2f6b47", "#9a7bb0", "#dd8c9a"
BROWN, DARK, WHITE, SLATE = "#8a5a3c", "#4d3527", "#ffffff", "#5b6b70"
SKINS: Final = ("#8d5a3b", "#e0ac86", "#c68a5e", "#f0c9a6", "#6d4530")


class Canvas:
    """A picture under way. Places and sizes are in pixels of the finished one."""

    def __init__(self, sky: str, ground: str, horizon: float = 600) -> None:
        self._image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), sky)
        self._pen = ImageDraw.Draw(self._image)
        self.box(0, horizon, WIDTH, HEIGHT, ground)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str, round_: float = 0) -> None:
        """A rectangle, with round corners where asked."""
        self._pen.rounded_rectangle(_scaled(left, top, right, bottom), round_ * _SCALE, colour)

    def disc(self, x: float, y: float, radius: float, colour: str, flat: float = 1) -> None:
        """A circle, or with another `flat` an ellipse so many times as high as wide."""
        self._pen.ellipse(_scaled(x - radius, y - radius * flat, x + radius, y + radius * flat), colour)

    def ring(self, x: float, y: float, radius: float, colour: str, thick: float) -> None:
        """A circle's line."""
        outside = _scaled(x - radius, y - radius, x + radius, y + radius)
        self._pen.ellipse(outside, outline=colour, width=round(thick * _SCALE))

    def shape(self, points: Iterable[Point], colour: str) -> None:
        """A polygon."""
        self._pen.polygon([(x * _SCALE, y * _SCALE) for x, y in points], colour)

    def line(self, points: Iterable[Point], colour: str, thick: float) -> None:
        """A line with round ends and corners."""
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._pen.line(scaled, colour, round(thick * _SCALE), joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            half = thick * _SCALE / 2
            self._pen.ellipse((x - half, y - half, x + half, y + half), colour)

    def slice(self, x: float, y: float, radius: float, start: float, end: float, colour: str) -> None:
        """A slice of a circle between two angles, in degrees clockwise from three o'clock."""
        self._pen.pieslice(_scaled(x - radius, y - radius, x + radius, y + radius), start, end, colour)

    def hill(self, height: float, swing: float, waves: float, shift: float, colour: str) -> None:
        """A line of hills from side to side, filled down to the foot of the picture."""
        top = [(x, height - swing * math.sin(x / WIDTH * math.tau * waves + shift)) for x in range(0, WIDTH + 21, 20)]
        self.shape([*top, (WIDTH, HEIGHT), (0, HEIGHT)], colour)

    def finished(self) -> bytes:
        """The picture as a PNG file."""
        file = io.BytesIO()
        self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG", compress_level=1)
        return file.getvalue()


def _scaled(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return left * _SCALE, top * _SCALE, right * _SCALE, bottom * _SCALE
