"""How a group is doing follows from one written rule, and its reasons are words."""

import datetime as dt

import pytest

from pbvote.grants.visits.colour import Colour, Observed, Unanswered, doing

TODAY = dt.date(2014, 12, 3)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
WORRY, LATE_WORRY = Unanswered(TODAY, "Olivia"), Unanswered(YESTERDAY, "")


@pytest.mark.parametrize(
    ("known", "colour", "reasons"),
    [
        (Observed(), Colour.GREEN, ["No check-in yet"]),
        (Observed(was_reached=True, due_on=TODAY), Colour.GREEN, ["Nothing is wrong"]),
        (Observed(was_reached=True, not_reached=1), Colour.GREEN, ["Not reached last time"]),
        (Observed(was_reached=True, not_reached=2), Colour.AMBER, ["Not reached twice in a row"]),
        (Observed(was_reached=True, wants_help=True), Colour.AMBER, ["They could use help"]),
        (Observed(due_on=YESTERDAY), Colour.AMBER, ["The visit of 2 December 2014 is late"]),
        (
            Observed(wants_help=True, due_on=YESTERDAY, not_reached=2),
            Colour.AMBER,
            ["They could use help", "The visit of 2 December 2014 is late", "Not reached twice in a row"],
        ),
        (Observed([WORRY]), Colour.RED, ["A worry waits for an answer from Olivia by 3 December 2014"]),
        (
            Observed([LATE_WORRY, WORRY], wants_help=True, due_on=YESTERDAY),
            Colour.RED,
            [
                "The answer to a worry was due on 2 December 2014",
                "A worry waits for an answer from Olivia by 3 December 2014",
            ],
        ),
    ],
)
def test_the_rule(known: Observed, colour: Colour, reasons: list[str]) -> None:
    found = doing(known, TODAY)
    assert (found.colour, list(found.reasons)) == (colour, reasons)
