"""Scenes under the sky."""

import math

from pbvote.demonstration.pictures.canvas import (
    AMBER,
    BROWN,
    CREAM,
    DARK,
    DEEP,
    LAKE,
    LEAF,
    LILAC,
    MOSS,
    NIGHT,
    PALE,
    PINE,
    ROSE,
    RUST,
    SAND,
    SKINS,
    SLATE,
    SUN,
    WHITE,
    WIDTH,
    Canvas,
)
from pbvote.demonstration.pictures.figures import flower, head, house, person, plant, tree, wheel


def herb_garden(canvas: Canvas) -> None:
    """Raised beds with herbs before a library, and somebody in a wheelchair."""
    canvas.disc(1010, 150, 85, SUN)
    canvas.box(90, 200, 700, 600, SAND)
    canvas.shape([(50, 200), (395, 70), (740, 200)], RUST)
    for column in range(5):
        canvas.box(130 + column * 120, 240, 165 + column * 120, 600, CREAM)
    canvas.box(340, 380, 450, 600, DEEP, 8)
    tree(canvas, 880, 620, 230)
    for bed, colour in ((60, LEAF), (470, PINE)):
        for place in range(6):
            plant(canvas, bed + 45 + place * 54, 680, 110 + 22 * (place % 3), colour if place % 2 else MOSS)
        canvas.box(bed, 672, bed + 360, 800, BROWN, 10)
        canvas.box(bed, 715, bed + 360, 725, DARK)
    wheel(canvas, 1000, 745, 80)
    canvas.box(950, 540, 1040, 700, LILAC, 34)
    canvas.line([(960, 690), (900, 690), (880, 800)], NIGHT, 34)
    canvas.line([(985, 590), (900, 650)], LILAC, 30)
    canvas.disc(895, 652, 18, SKINS[2])
    canvas.line([(1055, 570), (1055, 700), (960, 705)], SLATE, 14)
    head(canvas, 995, 490, 50, 2, DARK)


def goals(canvas: Canvas) -> None:
    """A goal on a green field, a ball, children in shirts."""
    canvas.hill(560, 40, 1.2, 1, LEAF)
    canvas.box(0, 600, WIDTH, 900, MOSS)
    for stripe in range(4):
        canvas.box(stripe * 320, 600, stripe * 320 + 160, 900, "#6aa755")
    for x in range(330, 880, 42):
        canvas.line([(x, 290), (x, 618)], PALE, 4)
    for y in range(310, 640, 42):
        canvas.line([(310, y), (890, y)], PALE, 4)
    canvas.line([(310, 650), (310, 280), (890, 280), (890, 650)], WHITE, 22)
    for x, shirt, skin in ((160, RUST, 0), (420, SUN, 3), (640, RUST, 4), (1030, SUN, 1)):
        person(canvas, x, 800, 270, shirt, skin)
    canvas.disc(820, 790, 46, WHITE)
    for angle in range(5):
        canvas.disc(820 + 29 * math.cos(angle * 1.257), 790 + 29 * math.sin(angle * 1.257), 10, NIGHT)
    canvas.disc(820, 790, 12, NIGHT)


def adapted_cycle(canvas: Canvas) -> None:
    """Two people on one cycle, on a path by a river."""
    canvas.disc(950, 160, 90, SUN)
    canvas.hill(470, 50, 1.4, 0.4, LEAF)
    canvas.hill(560, 30, 1, 2, LAKE)
    canvas.hill(640, 18, 1, 0.5, MOSS)
    canvas.box(0, 740, WIDTH, 840, SAND)
    for x in (90, 1090):
        tree(canvas, x, 660, 230, PINE)
    for x, coat, skin in ((500, RUST, 3), (670, SUN, 0)):
        canvas.box(x - 55, 380, x + 55, 590, coat, 48)
        canvas.line([(x + 20, 440), (x + 150, 500)], coat, 34)
        canvas.line([(x, 580), (x + 110, 600), (x + 130, 710)], NIGHT, 40)
        head(canvas, x, 320, 54, skin, DEEP)
    canvas.line([(390, 720), (480, 600), (760, 600), (880, 720)], RUST, 20)
    canvas.line([(880, 720), (800, 480), (850, 480)], RUST, 18)
    for x in (390, 880):
        wheel(canvas, x, 720, 95)


def hanging_baskets(canvas: Canvas) -> None:
    """A street of shops under baskets full of flowers."""
    shops = ((0, ROSE, DEEP), (300, SAND, RUST), (600, PALE, PINE), (900, SUN, LILAC))
    for left, wall, awning in shops:
        canvas.box(left, 120, left + 300, 720, wall)
        for window in (50, 180):
            canvas.box(left + window, 170, left + window + 72, 290, WHITE, 6)
        for stripe in range(6):
            canvas.box(left + stripe * 50, 420, left + stripe * 50 + 50, 500, awning if stripe % 2 else CREAM, 10)
        canvas.box(left + 30, 510, left + 170, 680, LAKE, 6)
        canvas.box(left + 195, 510, left + 270, 720, DARK, 6)
    for number, x in enumerate((150, 450, 750, 1050)):
        canvas.line([(x, 300), (x - 60, 400)], DARK, 5)
        canvas.line([(x, 300), (x + 60, 400)], DARK, 5)
        canvas.slice(x, 400, 72, 0, 180, BROWN)
        for bloom in range(9):
            angle = math.pi * (1 + bloom / 8)
            canvas.disc(x + 66 * math.cos(angle), 402 + 40 * math.sin(angle), 26, PINE)
        for bloom in range(7):
            colour = (RUST, WHITE, LILAC, AMBER)[(bloom + number) % 4]
            flower(canvas, x - 72 + bloom * 24, 395 - 26 * math.sin(bloom / 6 * math.pi), 21, colour)
    canvas.box(0, 720, WIDTH, 760, WHITE)


def sunday_walk(canvas: Canvas) -> None:
    """Walkers with a banner on a path from the tram into the hills."""
    canvas.disc(240, 170, 90, SUN)
    canvas.hill(430, 70, 1.1, 0.2, LEAF)
    canvas.hill(520, 45, 1.5, 2.6, MOSS)
    canvas.hill(640, 20, 0.8, 1, "#7fb257")
    canvas.shape([(520, 900), (980, 900), (720, 620), (700, 480), (660, 480), (640, 620)], SAND)
    canvas.box(760, 420, 1180, 600, SUN, 30)
    canvas.box(760, 540, 1180, 572, DEEP)
    for window in range(5):
        canvas.box(790 + window * 76, 450, 850 + window * 76, 525, NIGHT, 10)
    canvas.line([(740, 610), (1200, 610)], SLATE, 10)
    canvas.line([(960, 420), (990, 370), (930, 340)], SLATE, 8)
    canvas.line([(700, 336), (1200, 336)], SLATE, 5)
    tree(canvas, 110, 700, 240, PINE)
    house(canvas, 250, 590, 110, CREAM)
    for x, foot, size, coat, skin in (
        (470, 830, 300, RUST, 2),
        (640, 860, 320, DEEP, 4),
        (810, 840, 310, AMBER, 1),
        (960, 850, 240, LILAC, 0),
    ):
        person(canvas, x, foot, size, coat, skin)
    for pole in (555, 725):
        canvas.line([(pole, 390), (pole, 735)], BROWN, 12)
    canvas.box(545, 370, 735, 480, WHITE, 8)
    canvas.shape([(580, 462), (620, 395), (648, 432), (672, 405), (702, 462)], PINE)
