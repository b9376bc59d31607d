"""The demonstration's localities: their wards, and the priorities that their partnerships set in July 2013."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A locality, with its wards and what it wants grants to help with."""

    slug: str
    name: str
    wards: tuple[str, ...]
    priorities: tuple[str, ...]


PLACES = (
    Place(
        "sale",
        "Sale",
        ("Ashton upon Mersey", "Brooklands", "Priory", "Sale Moor", "St Mary’s"),
        ("A lively and healthy Sale town centre",),
    ),
    Place(
        "south-trafford",
        "South Trafford",
        ("Altrincham", "Bowdon", "Broadheath", "Hale Barns", "Hale Central", "Timperley", "Village"),
        ("Young and old doing things together", "Healthy weight in childhood", "Less anti-social behaviour"),
    ),
    Place(
        "urmston-partington",
        "Urmston & Partington",
        ("Bucklow-St Martins", "Davyhulme East", "Davyhulme West", "Flixton", "Urmston"),
        ("Parks and green space that keep children and families active",),
    ),
    Place(
        "old-trafford-stretford",
        "Old Trafford & Stretford",
        ("Clifford", "Gorse Hill", "Longford", "Stretford"),
        ("Healthy eating in childhood", "Doing well at school", "Work for young people"),
    ),
)
