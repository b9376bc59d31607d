"""What groups of Sale and South Trafford asked for in winter: small sums for places where people meet."""

from pbvote.demonstration.projects.project import SampleBid

PLACES_OF_SALE = (
    SampleBid(
        "Ashton Lane Friends",
        "Tea at the park lodge",
        "An urn, a heater and forty cups for the lodge by the bowling green.",
        "Forty older neighbours.",
        240_00,
        "Ashton upon Mersey",
        4.2,
    ),
    SampleBid(
        "Sale Moor Sewing Room",
        "Two sewing machines",
        "Two machines and a cutting table, so that people mend instead of buying.",
        "Everybody with a hole in a sleeve.",
        250_00,
        "Sale Moor",
        3.9,
    ),
)
PLACES_OF_SOUTH_TRAFFORD = (
    SampleBid(
        "Timperley Tuesday Club",
        "Films after lunch",
        "A projector and a screen for a film each Tuesday.",
        "Thirty people who live alone.",
        250_00,
        "Timperley",
        4.0,
    ),
    SampleBid(
        "Broadheath Repair Table",
        "Mend it on Saturday",
        "Tools and a safety tester for a table where neighbours mend lamps and toasters.",
        "Two hundred households.",
        235_00,
        "Broadheath",
        4.4,
    ),
)
