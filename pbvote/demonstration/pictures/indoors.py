"""Scenes under a roof."""

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
from pbvote.demonstration.pictures.figures import head, person


def shared_lunch(canvas: Canvas) -> None:
    """Older neighbours at a long table with bowls of soup."""
    for x in (120, 480, 840):
        canvas.box(x, 90, x + 240, 350, PALE, 12)
        canvas.line([(x + 120, 90), (x + 120, 350)], WHITE, 12)
        canvas.line([(x, 220), (x + 240, 220)], WHITE, 12)
    for number, (coat, skin, hair) in enumerate(
        ((LILAC, 1, WHITE), (DEEP, 4, SLATE), (AMBER, 3, WHITE), (PINE, 0, DARK), (ROSE, 2, SLATE))
    ):
        x = 150 + number * 225
        canvas.box(x - 75, 460, x + 75, 720, coat, 60)
        head(canvas, x, 400, 62, skin, hair)
    canvas.box(30, 640, 1170, 700, WHITE, 14)
    canvas.box(60, 700, 1140, 900, SAND)
    for fold in range(90, 1140, 90):
        canvas.line([(fold, 715), (fold, 880)], CREAM, 6)
    for number in range(5):
        x = 150 + number * 225
        canvas.slice(x, 612, 62, 0, 180, RUST if number % 2 else DEEP)
        canvas.box(x - 62, 606, x + 62, 618, SUN, 6)
        for wisp in (-22, 8):
            canvas.line([(x + wisp, 590), (x + wisp + 10, 570), (x + wisp, 550)], WHITE, 6)


def reading_friends(canvas: Canvas) -> None:
    """A grown-up and a child on a sofa behind one open book, shelves behind them."""
    canvas.box(90, 70, 1110, 420, BROWN, 10)
    colours = (RUST, SUN, DEEP, LEAF, LILAC, AMBER, LAKE, ROSE)
    for shelf, top in enumerate((95, 260)):
        for book in range(23):
            height = 110 + (book * 37 + shelf * 17) % 34
            left = 112 + book * 43
            canvas.box(left, top + 145 - height, left + 36, top + 145, colours[(book * 3 + shelf * 5) % 8], 3)
    canvas.box(180, 480, 1020, 800, LAKE, 50)
    canvas.box(130, 560, 1070, 850, DEEP, 50)
    canvas.box(400, 470, 590, 760, AMBER, 80)
    head(canvas, 495, 400, 82, 1, DARK)
    canvas.box(650, 570, 800, 770, RUST, 66)
    head(canvas, 725, 520, 66, 4, NIGHT)
    canvas.shape([(390, 660), (610, 700), (610, 850), (390, 810)], WHITE)
    canvas.shape([(830, 660), (610, 700), (610, 850), (830, 810)], CREAM)
    for line in range(4):
        canvas.line([(420, 695 + line * 30), (580, 724 + line * 30)], SLATE, 5)
        canvas.line([(640, 724 + line * 30), (800, 695 + line * 30)], SLATE, 5)


def choir(canvas: Canvas) -> None:
    """Young and old sing in three rows under flags."""
    for flag in range(13):
        x = 40 + flag * 93
        colour = (RUST, SUN, LAKE, LEAF)[flag % 4]
        dip = 40 * math.sin(flag / 12 * math.pi)
        canvas.shape([(x, 80 + dip), (x + 72, 80 + dip), (x + 36, 160 + dip)], colour)
    canvas.line([(20, 78), (330, 102), (600, 120), (870, 102), (1180, 78)], DARK, 6)
    coats = (DEEP, LILAC, RUST, PINE, AMBER, ROSE, LAKE)
    for row, (top, size, number) in enumerate(((300, 60, 6), (450, 66, 7), (610, 70, 6))):
        for place in range(number):
            middle = 600 + (place - (number - 1) / 2) * 165
            canvas.box(middle - size, top + 50, middle + size, 900, coats[(place * 3 + row * 2) % 7], 50)
            head(canvas, middle, top, size * 0.86, place * 2 + row, (DARK, WHITE, SLATE, NIGHT)[(place + row) % 4])
            canvas.disc(middle, top + size * 0.42, size * 0.2, DARK, 1.2)
    for left, foot in ((70, 270), (1100, 280)):  # a note of music at either side
        canvas.disc(left, foot, 26, NIGHT, 0.8)
        canvas.line([(left + 23, foot), (left + 23, foot - 110), (left + 70, foot - 84)], NIGHT, 9)


def mens_shed(canvas: Canvas) -> None:
    """A wall of tools above a workbench with a bird box on it."""
    for plank in range(0, WIDTH, 120):
        canvas.box(plank + 4, 0, plank + 116, 600, "#b98a5f" if plank % 240 else "#c2946a")
    canvas.line([(200, 150), (200, 380)], DARK, 30)  # a hammer
    canvas.box(120, 120, 280, 190, SLATE, 12)
    canvas.shape([(380, 130), (640, 150), (640, 215), (380, 300)], PALE)  # a saw
    for tooth in range(13):
        x = 380 + tooth * 20
        y = 300 - tooth * 6.5
        canvas.shape([(x, y - 4), (x + 20, y - 10), (x + 10, y + 18)], PALE)
    canvas.box(640, 120, 740, 250, RUST, 24)
    canvas.box(666, 150, 714, 216, "#b98a5f", 18)
    canvas.line([(850, 130), (850, 250)], AMBER, 44)  # a screwdriver
    canvas.line([(850, 250), (850, 390)], SLATE, 16)
    canvas.ring(1010, 180, 62, DEEP, 26)  # a tape
    canvas.box(985, 155, 1035, 205, SUN, 8)
    canvas.box(40, 620, 1160, 690, DARK, 8)
    for x in (110, 1020):
        canvas.box(x, 690, x + 70, 900, BROWN)
    canvas.box(470, 420, 690, 620, SAND, 6)
    canvas.shape([(440, 430), (580, 310), (720, 430)], DEEP)
    canvas.disc(580, 490, 36, NIGHT)
    canvas.line([(580, 560), (580, 590)], BROWN, 12)
    canvas.box(790, 520, 950, 620, PINE, 14)  # a first-aid kit: a white cross on green
    canvas.box(858, 538, 882, 602, WHITE)
    canvas.box(838, 558, 902, 582, WHITE)


def new_parents(canvas: Canvas) -> None:
    """Parents with babies on a rug among bricks."""
    canvas.box(760, 90, 1060, 380, PALE, 16)
    canvas.disc(960, 190, 46, SUN)
    canvas.line([(910, 90), (910, 380)], WHITE, 14)
    canvas.disc(600, 760, 540, AMBER, 0.24)
    canvas.disc(600, 760, 470, CREAM, 0.2)
    for x, coat, skin, hair in ((300, DEEP, 1, DARK), (640, LILAC, 4, NIGHT), (950, PINE, 3, AMBER)):
        canvas.box(x - 150, 650, x + 150, 770, NIGHT, 58)
        canvas.box(x - 92, 430, x + 92, 730, coat, 80)
        head(canvas, x, 370, 76, skin, hair)
        canvas.box(x - 58, 560, x + 58, 700, WHITE, 56)
        canvas.disc(x, 545, 46, SKINS[skin])
        for arm in (-1, 1):
            canvas.line([(x + arm * 82, 500), (x + arm * 96, 620), (x + arm * 20, 670)], coat, 42)
    for x, y, colour in ((130, 780, RUST), (205, 780, SUN), (168, 705, LAKE), (1040, 800, LEAF)):
        canvas.box(x, y, x + 70, y + 70, colour, 8)


def stage(canvas: Canvas) -> None:
    """Children in costume on a stage between red curtains."""
    for lamp, colour in ((250, "#2a5459"), (600, "#31636a"), (950, "#2a5459")):
        canvas.shape([(lamp - 30, 60), (lamp + 30, 60), (lamp + 190, 660), (lamp - 190, 660)], colour)
    canvas.box(0, 650, WIDTH, 900, BROWN)
    for plank in range(700, 900, 50):
        canvas.line([(0, plank), (WIDTH, plank)], DARK, 4)
    for x, coat, skin in ((330, SUN, 1), (490, ROSE, 0), (650, LEAF, 3), (810, LILAC, 4)):
        person(canvas, x, 760, 340, coat, skin)
    canvas.shape([(286, 436), (296, 380), (318, 414), (330, 372), (344, 414), (364, 380), (374, 436)], AMBER)  # a crown
    canvas.shape([(435, 440), (490, 320), (545, 440)], DEEP)  # a pointed hat
    canvas.disc(490, 318, 15, SUN)
    for ear in (-1, 1):
        canvas.shape([(650 + ear * 44, 430), (650 + ear * 52, 366), (650 + ear * 10, 420)], AMBER)
        canvas.disc(810 + ear * 86, 590, 66, WHITE, 1.25)  # wings
    person(canvas, 810, 760, 340, LILAC, 4)
    for side in (0, 1):
        for fold in range(4):
            left = side * (WIDTH - 220) + fold * 55
            canvas.box(left, 0, left + 55, 720, RUST if (fold + side) % 2 else "#a8412a", 20)
    for swag in range(6):
        canvas.slice(100 + swag * 200, 0, 112, 0, 180, RUST if swag % 2 else "#a8412a")


def member(canvas: Canvas) -> None:
    """Somebody who looks at us, from the chest up."""
    canvas.box(350, 560, 850, 900, PINE, 180)
    canvas.box(540, 500, 660, 620, SKINS[2], 40)
    head(canvas, 600, 380, 170, 2, DARK)
    for eye in (-58, 58):
        canvas.disc(600 + eye, 390, 14, NIGHT)
    canvas.slice(600, 450, 60, 20, 160, RUST)
