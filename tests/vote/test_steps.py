"""Opening, closing, counting and publishing: the facts before the button, and two organisers who press at once."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.service import Press, reveal, show, stage_of
from tests.checked_client import CheckedClient
from tests.factories import an_account, an_event, cast, count_closed, the_event, writing
from tests.hall import open_poll_codes, organiser_does, slug, vote
from tests.pages import browser, text_of
from tests.stepping import seen_on, take_step

OLIVIA, OMAR = "organiser@council.example", "second@council.example"


def two_desks(app: Flask) -> tuple[CheckedClient, CheckedClient]:
    """The browsers of two organisers."""
    with writing(app):
        an_account(Role.ORGANISER, OMAR)
    return browser(app, OLIVIA), browser(app, OMAR)


def test_before_an_opening_what_is_odd_stands_out_and_a_look_changes_nothing(app: Flask) -> None:
    with writing(app):
        eve = an_event().starts_at - dt.timedelta(days=1)
    with time_machine.travel(eve, tick=False):
        page = text_of(browser(app, OLIVIA).get(f"/desk/events/{slug(app)}/open"))
        assert "0 slips can vote. Look again" in page
        assert "The event is tomorrow at " in page
        assert "The recovery sheet is not printed. Look again" in page
    with app.app_context():
        assert the_event().poll is PollState.PLANNED


def test_the_console_itself_has_no_button_that_moves_the_poll(app: Flask) -> None:
    open_poll_codes(app, 2)
    page = browser(app, OLIVIA).get(f"/desk/events/{slug(app)}").get_data(as_text=True)
    for step in ("open", "close", "count", "publish"):
        assert f'action="/desk/events/{slug(app)}/{step}"' not in page
    assert f'href="/desk/events/{slug(app)}/close"' in page


def test_before_a_close_the_page_says_who_has_voted_and_that_it_is_early(app: Flask) -> None:
    code = open_poll_codes(app, 3)[0]
    with writing(app):
        cast(code, {"B-01": 5, "B-02": 4, "B-03": 1})
        middle = the_event().ends_at - dt.timedelta(hours=1)
    with time_machine.travel(middle, tick=False):
        page = text_of(browser(app, OLIVIA).get(f"/desk/events/{slug(app)}/close"))
    assert "1 of 3 slips have voted." in page
    assert "Voting was planned to end today at " in page
    assert "The screen has not shown the last call. Look again" in page


@pytest.mark.parametrize("step", ["close", "open"])
def test_of_two_who_press_at_once_the_second_changes_nothing_and_hears_who_was_first(app: Flask, step: str) -> None:
    with writing(app):
        an_event()
    if step == "close":
        organiser_does(app, open_poll)
    first, second = two_desks(app)
    path = f"/desk/events/{slug(app)}/{step}"
    seen = seen_on(second.get(path))
    assert take_step(first, path).status_code == 302
    with app.app_context():
        before = len(entries_of(the_event()))
    late = second.post(path, data={"seen": seen})
    did = "closed voting" if step == "close" else "opened voting"
    assert late.status_code == 409
    assert f"{did} at " in text_of(late)
    assert "so your press changed nothing" in text_of(late)
    with app.app_context():
        assert len(entries_of(the_event())) == before


def test_a_press_that_saw_another_screen_does_not_close_voting(app: Flask) -> None:
    open_poll_codes(app, 1)
    desk, path = browser(app, OLIVIA), f"/desk/events/{slug(app)}/close"
    seen = seen_on(desk.get(path))
    with writing(app):
        show(the_event(), Press(0, "Omar"), Scene.LAST_CALL)
    late = desk.post(path, data={"seen": seen})
    assert (late.status_code, "Omar moved the screen on at" in text_of(late)) == (409, True)
    with app.app_context():
        assert the_event().poll is PollState.OPEN
    assert take_step(desk, path).status_code == 302


def test_a_count_without_an_account_is_not_offered(app: Flask) -> None:
    open_poll_codes(app, 1)
    organiser_does(app, close_poll)
    page = browser(app, OLIVIA).get(f"/desk/events/{slug(app)}/count")
    assert "The slips left over are not counted. Look again" in text_of(page)
    assert seen_on(page) == ""


def test_a_press_without_what_was_seen_changes_nothing(app: Flask) -> None:
    open_poll_codes(app, 1)
    assert browser(app, OLIVIA).post(f"/desk/events/{slug(app)}/close").status_code == 409
    with app.app_context():
        assert the_event().poll is PollState.OPEN


def test_the_checklist_names_each_thing_and_one_next_step(app: Flask) -> None:
    with writing(app):
        an_event()
    page = browser(app, OLIVIA).get(f"/desk/events/{slug(app)}")
    words = text_of(page)
    for said in ("No slips are printed", "The recovery sheet is not printed", "Nobody has rehearsed"):
        assert f"Not done: {said}" in words
    assert "Done: 3 bids in the running order, set by hand" in words
    main = page.get_data(as_text=True).partition("<main")[2]
    assert main.count('class="govuk-button"') == 1


def test_a_closed_poll_has_no_result_yet(app: Flask) -> None:
    open_poll_codes(app, 1)
    organiser_does(app, close_poll)
    page = text_of(browser(app, OLIVIA).get(f"/desk/events/{slug(app)}"))
    assert "Nobody can see scores, including you, until the votes are counted." in page
    assert "Everybody can read the result" not in page


def test_an_announcement_that_stops_half_way_is_not_over(app: Flask) -> None:
    vote(app, [(1, 5, 3)] * 5)
    organiser_does(app, count_closed)
    with writing(app):
        show(the_event(), Press(stage_of(the_event()).version, "Anna’s phone"), Scene.ANNOUNCEMENT)
    desk, told = browser(app, OLIVIA), []
    for number in range(4):
        with writing(app):
            reveal(the_event(), Press(stage_of(the_event()).version, "Anna’s phone"), number)
        told.append(text_of(desk.get(f"/desk/events/{slug(app)}")))
    assert "Not done: The result is not announced See the outcome" in told[0]
    for number in (1, 2):
        assert f"Not done: {number} of 3 bids announced Go on with the announcement" in told[number]
    assert "Done: The result was announced See the outcome" in told[3]
