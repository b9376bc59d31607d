"""What stands in many scenes. Each has its place, and its size in pixels of the finished picture."""

import math

from pbvote.demonstration.pictures.canvas import BROWN, DARK, DEEP, MOSS, NIGHT, PINE, RUST, SKINS, SLATE, SUN, Canvas


def tree(canvas: Canvas, x: float, foot: float, size: float, colour: str = MOSS) -> None:
    """A tree with a round crown."""
    canvas.box(x - size * 0.08, foot - size * 0.8, x + size * 0.08, foot, BROWN)
    for dx, dy, radius in ((-0.28, 1.0, 0.34), (0.28, 1.0, 0.34), (0, 1.3, 0.42)):
        canvas.disc(x + dx * size, foot - dy * size, radius * size, colour)


def house(canvas: Canvas, x: float, foot: float, size: float, wall: str, roof: str = RUST) -> None:
    """A house with a door and two windows."""
    canvas.box(x, foot - size, x + size, foot, wall)
    eaves, ridge = foot - size, foot - size * 1.55
    canvas.shape([(x - size * 0.1, eaves), (x + size / 2, ridge), (x + size * 1.1, eaves)], roof)
    canvas.box(x + size * 0.4, foot - size * 0.5, x + size * 0.62, foot, DEEP, 6)
    for left in (0.1, 0.7):
        canvas.box(x + size * left, foot - size * 0.8, x + size * (left + 0.2), foot - size * 0.55, SUN, 4)


def person(canvas: Canvas, x: float, foot: float, size: float, coat: str, skin: int = 0, hair: str = DARK) -> None:
    """Somebody who stands and looks at us."""
    for leg in (-0.09, 0.09):
        canvas.line([(x + leg * size, foot - size * 0.4), (x + leg * size, foot - size * 0.03)], NIGHT, size * 0.1)
    canvas.box(x - size * 0.19, foot - size * 0.76, x + size * 0.19, foot - size * 0.32, coat, size * 0.13)
    for arm in (-1, 1):
        shoulder, hand = (x + arm * size * 0.17, foot - size * 0.68), (x + arm * size * 0.27, foot - size * 0.4)
        canvas.line([shoulder, hand], coat, size * 0.09)
        canvas.disc(*hand, size * 0.05, SKINS[skin % len(SKINS)])
    head(canvas, x, foot - size * 0.88, size * 0.13, skin, hair)


def head(canvas: Canvas, x: float, y: float, radius: float, skin: int = 0, hair: str = DARK) -> None:
    """A head from the front."""
    canvas.disc(x, y - radius * 0.22, radius * 1.08, hair)
    canvas.disc(x, y + radius * 0.12, radius * 0.9, SKINS[skin % len(SKINS)])


def flower(canvas: Canvas, x: float, y: float, size: float, colour: str, middle: str = SUN) -> None:
    """Five petals."""
    for petal in range(5):
        angle = petal * math.tau / 5 - 0.3
        canvas.disc(x + size * 0.6 * math.cos(angle), y + size * 0.6 * math.sin(angle), size * 0.48, colour)
    canvas.disc(x, y, size * 0.36, middle)


def plant(canvas: Canvas, x: float, foot: float, size: float, colour: str) -> None:
    """A herb: a stem with leaves to both sides."""
    canvas.line([(x, foot), (x, foot - size)], PINE, size * 0.06)
    for step in range(1, 5):
        y = foot - size * step / 4.6
        for side in (-1, 1):
            canvas.disc(x + side * size * 0.16, y - size * 0.05, size * 0.16, colour, 0.6)


def wheel(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A wheel with spokes."""
    for spoke in range(8):
        angle = spoke * math.tau / 8
        canvas.line([(x, y), (x + radius * math.cos(angle), y + radius * math.sin(angle))], SLATE, 4)
    canvas.ring(x, y, radius, NIGHT, 16)
    canvas.disc(x, y, 12, NIGHT)
