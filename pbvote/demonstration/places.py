"""The demonstration's localities: their wards, and the priorities that their partnerships set in July 2013."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A locality, with its wards and what it wants grants to help with."""

    slug: str
    name: str
    wards: tuple[str, ...]
    """Each with its code of the Office for National Statistics, as it was in 2014."""
    priorities: tuple[str, ...]


PLACES = (
    Place(
        "sale",
        "Sale",
        (
            "Ashton upon Mersey E05000820",
            "Brooklands E05000823",
            "Priory E05000833",
            "Sale Moor E05000835",
            "St Mary’s E05000834",
        ),
        ("A lively and healthy Sale town centre",),
    ),
    Place(
        "south-trafford",
        "South Trafford",
        (
            "Altrincham E05000819",
            "Bowdon E05000821",
            "Broadheath E05000822",
            "Hale Barns E05000830",
            "Hale Central E05000831",
            "Timperley E05000837",
            "Village E05000839",
        ),
        ("Young and old doing things together", "Healthy weight in childhood", "Less anti-social behaviour"),
    ),
    Place(
        "urmston-partington",
        "Urmston & Partington",
        (
            "Bucklow-St Martins E05000824",
            "Davyhulme East E05000826",
            "Davyhulme West E05000827",
            "Flixton E05000828",
            "Urmston E05000838",
        ),
        ("Parks and green space that keep children and families active",),
    ),
    Place(
        "old-trafford-stretford",
        "Old Trafford & Stretford",
        (
            "Clifford E05000825",
            "Gorse Hill E05000829",
            "Longford E05000832",
            "Stretford E05000836",
        ),
        ("Healthy eating in childhood", "Doing well at school", "Work for young people"),
    ),
)
