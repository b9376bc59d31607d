"""Small bids for shared spaces in Old Trafford & Stretford."""

from pbvote.demonstration.projects.project import SampleBid

SMALL_GRANTS = (
    SampleBid(
        "Henrietta Street Alley",
        "Herbs behind the houses",
        "Ten tubs of herbs that anyone may pick, and a water butt.",
        "22 houses.",
        248_50,
        "Clifford",
        4.2,
    ),
    SampleBid(
        "Nansen Neighbours",
        "A bench by the post box",
        "A bench where people wait, talk and rest, made by the men’s shed.",
        "Everybody who walks there.",
        250_00,
        "Gorse Hill",
        3.9,
    ),
    SampleBid(
        "Kings Road Back Gate",
        "Paint for the back gates",
        "Paint and brushes for one Saturday, and soup for those who paint.",
        "31 houses.",
        187_20,
        "Longford",
        3.6,
    ),
)
