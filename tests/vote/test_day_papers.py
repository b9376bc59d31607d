"""The papers of an event's day, read back."""

import datetime as dt
from itertools import permutations
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from pbvote.filters import choose_language
from pbvote.tally import BallotKind, BallotRules
from pbvote.vote.acts.cards import witness_card
from pbvote.vote.acts.kinds import occasions
from pbvote.vote.day.papers import PAPERS
from pbvote.vote.day.sheets.run_sheet import lines_of
from pbvote.vote.day.sheets.tally import ROWS, marks_of
from pbvote.vote.events.day import AccessNeed, DayPlan, Latecomers
from tests.checked_client import CheckedClient
from tests.factories import an_event, sign_in, the_event, writing
from tests.paper import text_of, words_on
from tests.vote.prints import boxes_on

RING = "Pat, 0161 496 0001"
PLAN = DayPlan(
    latecomers=Latecomers.UNTIL_THE_FIRST_PITCH,
    venue_has=(AccessNeed.HEARING_LOOP, AccessNeed.QUIET_ROOM),
    help_phone=RING,
)
BIDS = 11
ISOLATES = "\u2068\u2069"
"""They keep a time together and are no letters."""


@pytest.fixture
def event_day(app: Flask) -> None:
    """An event of eleven groups, its day planned."""
    with writing(app):
        event = an_event([1_000_00] * BIDS)
        event.day = PLAN


def drawn(app: Flask, kind: str, language: str = "en") -> bytes:
    """The paper as a PDF."""
    with app.test_request_context(), force_locale(language):
        choose_language(language)
        return PAPERS[kind].draw(the_event(), language)


def said_on(pdf: bytes, folder: Path) -> str:
    """The words of all its pages."""
    return " ".join(text_of(page) for page in words_on(pdf, folder))


LANGUAGES_OF = {kind: ("en", "pl", "ur", "ar") if paper.is_spoken else ("en",) for kind, paper in PAPERS.items()}
"""A paper that is not spoken in one language holds them all at once, or is for the desk."""


@pytest.mark.parametrize(("kind", "language"), [(kind, each) for kind, all_ in LANGUAGES_OF.items() for each in all_])
def test_nothing_overflows_and_nothing_overlaps(
    app: Flask, event_day: None, tmp_path: Path, kind: str, language: str
) -> None:
    for width, height, boxes in boxes_on(drawn(app, kind, language), tmp_path):
        assert boxes
        assert all(box.left >= 5 and box.right <= width - 5 for box in boxes)
        assert all(box.top >= -1 and box.bottom <= height - 2 for box in boxes)
        letters = [box for box in boxes if box.text.strip(ISOLATES)]
        beside = [(one.text, other.text) for one, other in permutations(letters, 2) if one.overlaps(other)]
        assert not beside


def test_the_poster_says_the_rules_of_the_day(app: Flask, event_day: None, tmp_path: Path) -> None:
    words = said_on(drawn(app, "rules"), tmp_path)
    assert "Come before the first group speaks. After that, nobody gets a slip." in words
    assert "Doors open at 11:30am" in words
    assert "Hearing loop · Quiet room" in words
    assert "/events/sale-" in words


def test_the_run_sheet_names_each_group_at_its_time(app: Flask, event_day: None, tmp_path: Path) -> None:
    words = said_on(drawn(app, "run-sheet"), tmp_path)
    for sentence in ("12:10pm", "1. Group 1, until 12:13pm", "11. Group 11, until 12:53pm", RING):
        assert sentence in words
    with app.app_context():
        times = [line.what for line in lines_of(the_event())]
    assert times.index("Close voting. Empty the box before a witness.") < times.index(
        "Announce the result, the last first."
    )


def test_the_run_sheet_of_several_days_has_a_line_for_each(app: Flask, event_day: None) -> None:
    with writing(app):
        event = the_event()
        event.ends_at += dt.timedelta(days=2)
        assert sum(line.who == "Stewards" for line in lines_of(event)) == 3


def test_how_to_vote_and_the_signs_speak_the_events_languages(app: Flask, event_day: None, tmp_path: Path) -> None:
    assert "Weź kartkę przy wejściu." in said_on(drawn(app, "how-to-vote"), tmp_path)
    assert "Queue here for your slip" in said_on(drawn(app, "signs"), tmp_path)
    with writing(app):
        the_event().day = DayPlan(languages=("en", "ur"))
    assert "Weź kartkę" not in said_on(drawn(app, "how-to-vote"), tmp_path)
    assert "Kolejka" not in said_on(drawn(app, "signs"), tmp_path)


def test_tally_sheets_have_a_row_for_each_bid_and_a_column_for_each_mark(
    app: Flask, event_day: None, tmp_path: Path
) -> None:
    pdf = drawn(app, "tally")
    words = said_on(pdf, tmp_path)
    assert all(f"Project of Group {number}" in words for number in range(1, BIDS + 1))
    assert len(list(boxes_on(pdf, tmp_path))) == -(-BIDS // ROWS)
    with writing(app):
        event = the_event()
        assert marks_of(event) == ["1", "2", "3", "4", "5"]
        for rules, marks in (
            (BallotRules(BallotKind.APPROVAL, min_choices=1, max_choices=3), ["Crosses"]),
            (BallotRules(BallotKind.RANKED, min_choices=1, max_choices=3), ["Place 1", "Place 2", "Place 3"]),
        ):
            event.share.ballot_rules = rules
            assert marks_of(event) == marks


def test_if_something_fails_is_one_page_with_the_events_own_facts(app: Flask, event_day: None, tmp_path: Path) -> None:
    pdf = drawn(app, "fallback")
    assert len(list(boxes_on(pdf, tmp_path))) == 1
    words = said_on(pdf, tmp_path)
    for sentence in (RING, "Sale Waterside", "Every slip has a paper ballot on its back.", "No slips are printed yet"):
        assert sentence in words
    for failure, remedy in (
        ("The network fails", "The door counts on without it."),
        ("The printer fails", "Passes and witness cards need no paper"),
        ("The power fails", "The server goes on where it stopped"),
    ):
        assert words.index(failure) < words.index(remedy)


def test_a_witnesss_card_says_every_occasion(app: Flask, event_day: None, tmp_path: Path) -> None:
    with app.test_request_context():
        words = said_on(witness_card(the_event(), "Wendy", "https://votes.example/witness#K7QF9M2TXW4R"), tmp_path)
    assert len(occasions()) >= 5
    for occasion in occasions():
        assert occasion in words


def test_the_desk_offers_each_in_the_events_languages(app: Flask, client: CheckedClient, event_day: None) -> None:
    with writing(app):
        event = the_event()
        event.day = DayPlan(languages=("en", "pl"))
        slug = event.slug
    sign_in(client, "organiser@council.example")
    page = client.get(f"/desk/events/{slug}/day/papers").get_data(as_text=True)
    assert "rules?lang=pl" in page
    assert "lang=ur" not in page
    answer = client.get(f"/desk/events/{slug}/day/papers/rules?lang=pl")
    assert answer.mimetype == "application/pdf"
    assert f"rules-{slug}-pl.pdf" in answer.headers["Content-Disposition"]
    assert client.get(f"/desk/events/{slug}/day/papers/nothing").status_code == 404
