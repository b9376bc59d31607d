"""A draw as people meet it: the desk's page, the witness's phone, the ledger's line and the pages after it.

Nobody in the hall knows a bid by its reference, and two groups may call their bids the same.
"""

import re

import pytest
from flask import Flask

from pbvote.access import Role
from pbvote.people.service import account_with_email
from pbvote.tally import Rule, TieKey
from pbvote.vote.acts.witnesses import name_witness
from pbvote.vote.count.finishing import finish
from pbvote.vote.poll.closing import close_poll
from tests.checked_client import CheckedClient
from tests.factories import an_account, cast, count_closed, sign_in, the_event, writing
from tests.hall import ORGANISER, SECOND_ORGANISER, open_poll_codes, organiser_does, slug
from tests.pages import text_of
from tests.stepping import look_first

FIRST, SECOND = "Shed Club (number 1, Group 1, B-01)", "Shed Club (number 2, Group 2, B-02)"


@pytest.fixture
def console(app: Flask, client: CheckedClient) -> str:
    """The console of a sealed poll whose first two bids are level, and of which one can be paid; an organiser's."""
    for code in open_poll_codes(app, 5):
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 5, "B-03": 1})
    with writing(app):
        event = the_event()
        event.share.count_rule = Rule("greedy", ties=(TieKey.DRAW,))
        for slot in event.running_order[:2]:
            slot.bid.title = "Shed Club"
        an_account(Role.ORGANISER, SECOND_ORGANISER)
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    with app.app_context():
        finish(the_event(), None)
    sign_in(client, ORGANISER)
    return f"/desk/events/{slug(app)}"


def draw(client: CheckedClient, console: str) -> None:
    """Enter that the second name was drawn first; another organiser confirms it."""
    assert client.post(f"{console}/draw", data={"place-0": "2", "place-1": "1"}).status_code == 302
    sign_in(client, SECOND_ORGANISER)
    assert client.post(f"{console}/acts/1/confirm").status_code == 302
    sign_in(client, ORGANISER)


def test_the_page_of_a_draw_says_what_each_box_is(client: CheckedClient, console: str) -> None:
    page = client.get(f"{console}/draw")
    labels = [" ".join(label.split()) for label in re.findall(r"<label[^>]*>(.*?)</label>", page.text, re.DOTALL)]
    assert labels == [f"Place of {FIRST}", f"Place of {SECOND}"]
    said = text_of(page)
    assert said.count("1 if it was drawn first, 2 if it was drawn last") == 2
    assert "each bid has a box for its place. Enter 1 for the name drawn first, 2 for the next" in said
    assert "Somebody else who saw the draw confirms the order." in said


@pytest.mark.parametrize(
    ("places", "refusal"),
    [
        ({"place-0": "1"}, f"Enter the place of {SECOND}"),
        ({"place-0": "1", "place-1": "1"}, "Give each place once: 1 for the name drawn first"),
        ({"place-0": "1", "place-1": "3"}, f"Place of {SECOND} must be 2 or less"),
    ],
)
def test_what_can_be_no_order_is_refused_by_the_bids_names(
    client: CheckedClient, console: str, places: dict[str, str], refusal: str
) -> None:
    refused = client.post(f"{console}/draw", data=places)
    assert refused.status_code == 422
    assert refusal in text_of(refused)
    assert "asks to enter the draw" not in text_of(client.get(console))


def test_a_witness_and_the_desk_read_the_names_that_were_drawn(app: Flask, client: CheckedClient, console: str) -> None:
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        _, code = name_witness(the_event(), "Wendy", organiser)
    client.post(f"{console}/draw", data={"place-0": "2", "place-1": "1"})
    asked = f"to enter the draw, in this order: 1. {SECOND}; 2. {FIRST}"
    for page in (client.get(console), client.post("/witness", data={"code": code})):
        assert asked in text_of(page)
    assert "Did you see the names drawn, in this order?" in text_of(client.post("/witness", data={"code": code}))


def test_the_ledger_tells_the_names_that_were_drawn(client: CheckedClient, console: str) -> None:
    draw(client, console)
    said = text_of(client.get(console))
    assert f"A tie was drawn, in this order: {SECOND}; {FIRST}; confirmed by The organiser" in said


def test_before_the_draw_the_outcome_calls_nobody_in_the_tie_lost(client: CheckedClient, console: str) -> None:
    page = look_first(client, console).text
    headline = re.sub(r"\s+", " ", page.partition('class="headline"')[2].partition("</p>")[0])
    assert "Nothing is decided yet" in headline
    assert "These bids are level" in page
    assert "Not funded this time" not in page
    assert page.count("Waits for a draw") >= 3  # both that are tied, and the one behind them
    assert f'href="{console}/draw"' in page


def rows_of(page: str) -> list[set[str]]:
    """What the matrix of rules says of each bid in turn, by any rule."""
    body = re.sub(r"\s+", " ", page).partition("<tbody>")[2].partition("</tbody>")[0]
    known = ("Tied", "Not decided", "Not funded", "Funded")
    return [
        {next(word for word in known if word in cell) for cell in row.split("<td")[1:]}
        for row in body.split("<tr>")[1:]
    ]


def test_other_rules_call_nobody_lost_whose_turn_hangs_on_the_draw(client: CheckedClient, console: str) -> None:
    look_first(client, console)
    page = client.get(f"{console}/other-rules").text
    # Phragmén's rule needs no draw here, and the five others do.
    assert rows_of(page) == [{"Tied", "Not funded"}, {"Tied", "Funded"}, {"Not decided", "Funded"}]


def test_after_the_draw_no_page_speaks_of_a_tie(client: CheckedClient, console: str) -> None:
    draw(client, console)
    look_first(client, console)
    refused = client.get(f"{console}/draw")
    assert refused.status_code == 409
    assert "don’t wait for a draw" in text_of(refused)
    for page in ("", "/outcome", "/other-rules"):
        said = text_of(client.get(f"{console}{page}"))
        assert not re.search(r"Tied|[Nn]ot decided|waits for a draw|is level", said), page
    assert "Names drawn in the room put them in order." in text_of(client.get(f"{console}/outcome"))
    others = client.get(f"{console}/other-rules").text
    assert rows_of(others) == [{"Funded"}, {"Not funded"}, {"Funded", "Not funded"}]
    words = text_of(client.get(f"{console}/other-rules"))
    assert "The result" in words
    assert re.search(r"It would not fund: .*It gives out £", words)
