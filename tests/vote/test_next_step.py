"""The console's one next step: what to do now, and no more than can be done now."""

import datetime as dt
import re

import time_machine
from flask import Flask

from pbvote.core.clock import UK, now
from pbvote.people.service import account_with_email
from pbvote.vote.poll.closing import close_poll, reopen_poll
from pbvote.vote.poll.forms import ReopenReason
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.stage import turns
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.service import Press, show, stage_of
from pbvote.vote.venue import burst
from tests.factories import an_event, count_closed, the_event, writing
from tests.hall import ORGANISER, open_poll_codes, organiser_does, slug, vote
from tests.pages import browser, text_of
from tests.passes import a_screen, device_count, let_in
from tests.stepping import look_first

MORNING = dt.datetime(2026, 3, 2, 10, tzinfo=UK)


def console(app: Flask) -> str:
    """What the organiser reads of the event."""
    return text_of(browser(app, ORGANISER).get(f"/desk/events/{slug(app)}"))


def shows(app: Flask, scene: Scene) -> None:
    """Let the screen show this."""
    with writing(app):
        show(the_event(), Press(stage_of(the_event()).version, "Cleo’s phone"), scene)


def test_once_rehearsal_slips_are_printed_the_next_step_is_to_vote_with_one(app: Flask) -> None:
    with writing(app):
        make_slips(an_event(), 2, None, SlipState.LIVE)
    with writing(app):
        burst.make_votes(the_event(), None)
    assert "Nobody has rehearsed Print rehearsal slips" in console(app), "test votes of the server are on no paper"
    with writing(app):
        make_slips(the_event(), 2, None, SlipState.TEST)
    page = console(app)
    assert "nobody has voted with one Rehearse: vote with a test slip" in page
    assert "Print rehearsal slips" not in page


def nobody_speaks(app: Flask) -> None:
    """Note of each group that it did not come."""
    with writing(app):
        event = the_event()
        for slot in event.running_order:
            turns.note_no_show(event, Press(stage_of(event).version, "Cleo’s phone"), slot.bid_id, "They are ill")


def test_while_groups_speak_the_next_step_is_theirs(app: Flask) -> None:
    open_poll_codes(app, 1)
    page = console(app)
    assert "3 groups have not spoken. Voting stays open while they speak. Go on with the groups Close voting" in page
    nobody_speaks(app)
    assert (
        "Last call first: a steward stands behind the last person in line. Show the last call Close voting"
        in console(app)
    )


def test_a_vote_of_a_week_is_not_to_be_closed_before_its_last_day(app: Flask) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        with writing(app):
            event = an_event()
            event.starts_at, event.ends_at = MORNING, MORNING + dt.timedelta(days=6)
        organiser_does(app, open_poll)
        page = console(app)
        assert "There is nothing to do before its last day." in page
        assert "Last call" not in page
        assert "Close voting before its last day" in page
        early = text_of(browser(app, ORGANISER).get(f"/desk/events/{slug(app)}/close"))
        assert "The last day of the vote has not come. Look again" in early
        clock.shift(dt.timedelta(days=6))
        page = console(app)
        assert "Close voting before its last day" not in page
        assert "Close voting" in page


def test_a_week_of_voting_has_no_screen_and_a_group_can_still_withdraw(app: Flask) -> None:
    with writing(app):
        event = an_event()
        event.ends_at = event.starts_at + dt.timedelta(days=6)
    page = console(app)
    for hall in ("It shows:", "The screen, as the hall sees it", "Screens:", "The compere’s page"):
        assert hall not in page
    assert "A group withdraws" in page
    assert "The venue check" in page


def test_the_console_says_when_the_last_call_was_shown_and_forgets_it_once_voting_opens_again(app: Flask) -> None:
    open_poll_codes(app, 2)
    nobody_speaks(app)
    assert "Last call first" in console(app)
    shows(app, Scene.LAST_CALL)
    shows(app, Scene.VOTE)
    said = "The screen showed the last call at "
    assert said in console(app)
    assert said in text_of(browser(app, ORGANISER).get(f"/desk/events/{slug(app)}/close"))
    with time_machine.travel(now() + dt.timedelta(minutes=2)):
        organiser_does(app, close_poll)
        with writing(app):
            organiser = account_with_email(ORGANISER)
            assert organiser
            reopen_poll(the_event(), organiser, "account 2", ReopenReason("people_in_line"))
        assert "Last call first" in console(app)


def test_whoever_has_seen_the_outcome_is_led_to_the_announcement(app: Flask) -> None:
    open_poll_codes(app, 2)
    for verb in (close_poll, count_closed):
        organiser_does(app, verb)
    assert "The result is not announced See the outcome" in console(app)
    desk = browser(app, ORGANISER)
    outcome = look_first(desk, f"/desk/events/{slug(app)}")
    assert f'href="/compere/{slug(app)}"' in outcome.get_data(as_text=True)
    assert "Go to the announcement" in text_of(outcome)
    assert "The result is not announced Go to the announcement" in console(app)


def test_after_publishing_the_hall_is_thanked_then_everybodys_access_ends_then_come_the_awards(app: Flask) -> None:
    open_poll_codes(app, 2)
    for verb in (close_poll, count_closed, publish_outcome):
        organiser_does(app, verb)
    assert "Thank you" not in console(app).partition("What remains")[2].partition("The screen")[0], "nobody is in"
    a_screen(app)
    let_in(app, device_count(app))
    desk, event = browser(app, ORGANISER), f"/desk/events/{slug(app)}"
    page = text_of(desk.get(event))
    assert page.index("Show “Thank you”") < page.index("What remains"), "it is the green button"
    assert "The screen has not said thank you Show “Thank you”" in page
    assert desk.post(f"{event}/stage", data={"move": "show", "seen": "0", "scene": "thanks"}).status_code == 302
    page = text_of(desk.get(event))
    assert page.index("End everything now") < page.index("What remains")
    assert "The screen says thank you" in page
    assert f'href="{event}/passes#end-all"' in desk.get(event).get_data(as_text=True)
    assert "open" in desk.get(f"{event}/passes").get_data(as_text=True).partition('id="end-all"')[2][:400]
    assert desk.post(f"{event}/passes/end-all").status_code == 302
    page = text_of(desk.get(event))
    assert page.index("Go to the awards") < page.index("What remains")


def test_a_week_of_voting_is_published_without_an_announcement(app: Flask) -> None:
    open_poll_codes(app, 2)
    for verb in (close_poll, count_closed):
        organiser_does(app, verb)
    with writing(app):
        the_event().ends_at = the_event().starts_at + dt.timedelta(days=6)
    assert "You have not seen the outcome See the outcome" in console(app)
    outcome = look_first(browser(app, ORGANISER), f"/desk/events/{slug(app)}")
    assert "Go to the announcement" not in text_of(outcome)
    page = console(app)
    assert "You have seen the outcome" in page
    assert page.index("Publish the result") < page.index("What remains"), "it is the green button"


def test_the_address_of_a_tablet_stands_on_the_console(app: Flask) -> None:
    open_poll_codes(app, 2)
    page = browser(app, ORGANISER).get(f"/desk/events/{slug(app)}").get_data(as_text=True).replace("<wbr>", "")
    assert f"/v/{slug(app)}/kiosk</strong>" in page.partition("A shared tablet goes to")[2]


def test_an_envelope_is_opened_from_a_page_with_the_facts_at_the_desk_too(app: Flask) -> None:
    with writing(app):
        make_slips(an_event(), 3, None)
    desk, envelopes = browser(app, ORGANISER), f"/desk/events/{slug(app)}/slips/envelopes"
    listed = desk.get(envelopes).get_data(as_text=True)
    assert f'action="{envelopes}/1/open"' not in listed
    assert f'href="{envelopes}/1"' in listed
    page = desk.get(f"{envelopes}/1")
    assert "You can’t undo this." in text_of(page)
    assert f'action="{envelopes}/1/open"' in page.get_data(as_text=True)


def test_the_announcement_goes_bid_by_bid_from_the_console_and_back_by_one(app: Flask) -> None:
    vote(app, [(5, 4, 1), (5, 3, 1)])
    organiser_does(app, count_closed)
    shows(app, Scene.ANNOUNCEMENT)
    desk, address = browser(app, ORGANISER), f"/desk/events/{slug(app)}"

    def press(button: str) -> int:
        page = desk.get(address).get_data(as_text=True)
        [form] = [each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if button in each]
        sent = dict(re.findall(r'name="(seen|move|reveal)" value="(\w+)"', form))
        desk.post(re.findall(r'action="([^"]+)"', form)[0], data=sent)
        with app.app_context():
            return stage_of(the_event()).revealed

    assert "Go back by one" not in text_of(desk.get(address))
    pressed = ("Reveal the next", "Reveal the next", "Go back by one", "Reveal the next", "Reveal the next")
    assert [press(button) for button in pressed] == [1, 2, 1, 2, 3]
    assert press("Show all that are funded") == 4
    assert "Show all that are funded" not in text_of(desk.get(address))


def test_whoever_comes_to_a_step_that_is_over_is_led_back_to_the_event(app: Flask) -> None:
    open_poll_codes(app)
    desk, address = browser(app, ORGANISER), f"/desk/events/{slug(app)}"
    refused = desk.get(f"{address}/open", headers={"Referer": f"http://localhost{address}/open"})
    assert refused.status_code == 409
    assert "Go back" not in text_of(refused), "it would lead here again"
    assert f'href="{address}">Back to the event</a>' in refused.get_data(as_text=True)
