"""Pictures for the bids of the demonstration's open vote: flat scenes, drawn here, the same at every load."""

from collections.abc import Callable
from dataclasses import dataclass

from pbvote.demonstration.pictures import indoors, outdoors
from pbvote.demonstration.pictures.canvas import (
    BROWN,
    CREAM,
    LEAF,
    MOSS,
    NIGHT,
    PALE,
    ROSE,
    SAND,
    SKY,
    SLATE,
    Canvas,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A scene, the colours behind and below it, and what it shows, for people who can't see it."""

    scene: Callable[[Canvas], None]
    sky: str
    ground: str
    shows: str

    def drawn(self) -> bytes:
        """The picture as a PNG file."""
        canvas = Canvas(self.sky, self.ground)
        self.scene(canvas)
        return canvas.finished()


PICTURES = {
    "A herb garden by the library": Picture(
        outdoors.herb_garden, SKY, LEAF, "Somebody in a wheelchair reaches for herbs in raised beds by the library."
    ),
    "Goals that don’t fall over": Picture(
        outdoors.goals, SKY, MOSS, "Four children in red and yellow shirts and a football before a white goal."
    ),
    "Lunch for people who eat alone": Picture(
        indoors.shared_lunch, CREAM, SAND, "Five older neighbours sit at a long table, each with a bowl of hot soup."
    ),
    "Reading friends": Picture(
        indoors.reading_friends, SAND, SAND, "A grown-up and a child on a sofa behind a large open book."
    ),
    "Bikes for everyone": Picture(
        outdoors.adapted_cycle, SKY, MOSS, "Two people ride one cycle together on a path by the river."
    ),
    "Songs across the road": Picture(
        indoors.choir, PALE, SAND, "A choir of children and older people sings in three rows under bunting."
    ),
    "Tools for the shed": Picture(
        indoors.mens_shed, BROWN, SAND, "A workbench with a bird box and a first-aid kit, and tools on the wall."
    ),
    "Warm mornings for new parents": Picture(
        indoors.new_parents, ROSE, SAND, "Three parents sit on a round rug with babies in their arms."
    ),
    "Hanging baskets for School Road": Picture(
        outdoors.hanging_baskets, SKY, SLATE, "A row of shops, each with a basket of flowers over its door."
    ),
    "A stage for two languages": Picture(
        indoors.stage,
        NIGHT,
        BROWN,
        "Four children on a stage, dressed up with a crown, a hat, a cat’s ears and wings.",
    ),
    "Walks that start at the tram": Picture(
        outdoors.sunday_walk, SKY, LEAF, "Four walkers with a banner on a path from the tram towards green hills."
    ),
}
"""By the title of the bid."""

PORTRAIT = Picture(indoors.member, SKY, SAND, "A member of the partnership.")
"""What a member puts beside their name."""
