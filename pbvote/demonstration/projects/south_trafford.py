"""Bids in South Trafford."""

from pbvote.demonstration.projects.project import SampleBid

SOUTH_TRAFFORD = (
    SampleBid(
        "Broadheath Boxing",
        "Gloves before gangs",
        "Two evenings a week in the gym for teenagers, free, with a hot meal.",
        "25 young people.",
        3_900_00,
        "Broadheath",
        4.0,
    ),
    SampleBid(
        "Timperley Tea and Tech",
        "Teenagers teach tablets",
        "Pupils help older people to use a phone, over tea.",
        "40 pupils and 40 older people.",
        1_450_00,
        "Timperley",
        3.9,
    ),
    SampleBid(
        "Hale Hedgehogs",
        "A wild corner",
        "Hedges, a pond and a path in the recreation ground.",
        "Three schools.",
        2_310_00,
        "Hale Central",
        3.2,
    ),
    SampleBid(
        "Altrincham Street Pastors",
        "Out late, home safe",
        "Training, jackets and flasks for volunteers who walk the town at night.",
        "Young people on a night out.",
        2_780_00,
        "Altrincham",
        3.6,
    ),
    SampleBid(
        "Village Bakers",
        "Bread on Fridays",
        "An oven for a kitchen where families bake together.",
        "20 families.",
        3_125_25,
        "Village",
        3.5,
    ),
)

UNCONFIRMED = SampleBid(
    "Altrincham Allotments",
    "A polytunnel for wet days",
    "A polytunnel with raised beds, so that pupils and older people can garden together when it rains.",
    "30 pupils and 20 older people.",
    1_200_00,
    "Broadheath",
    3.0,
)
"""Its contact has not opened the letter yet."""

TWIN = SampleBid(
    "Tea & Tech of Timperley",
    "Phones without fear",
    "A weekly hour in the library with somebody patient who knows phones.",
    "30 older people.",
    900_00,
    "Timperley",
    3.0,
)
"""Perhaps the same group as the one that teaches tablets."""
