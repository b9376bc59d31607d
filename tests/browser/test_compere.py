"""A compere's phone and a screen at once: the screen follows, also after the phone was without a network."""

import datetime as dt
import re

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.people.service import account_with_email
from pbvote.vote.events.service import event_called, load_running_order
from pbvote.vote.hall.withdrawing import withdraw_on_the_day
from pbvote.vote.stage.models import Scene, Stage, TurnEnd, TurnTaken
from tests.browser.conftest import AN_HOUR_AHEAD, DESK, OpenPage, check_accessible
from tests.browser.screens import ANNOUNCED, OPEN, PLANNED, PROJECTOR, connect, is_kept, shown, stage
from tests.browser.voter import Live, sign_in
from tests.factories import writing


def press(phone: Page, name: str) -> None:
    """Press a button, and go on once the server has taken it: the phone shows it before."""
    with phone.expect_response("**/move"):
        phone.get_by_role("button", name=name).first.click()


def put_stage(live: Live, slug: str, **columns: object) -> None:
    """Set these columns of the stage, past everybody's buttons."""
    with writing(live[0]):
        event = event_called(slug)
        assert event
        db.session.execute(sa.update(Stage).where(Stage.event_id == event.id).values(**columns))


def test_the_screen_follows_a_phone_whose_clock_is_off_and_which_opens_without_a_network(
    live: Live, open_page: OpenPage
) -> None:
    _, address = live
    screen, phone = open_page(f"{address}/", size=PROJECTOR), open_page(f"{address}/")
    connect(live, screen, PLANNED)
    sign_in(live, phone, "omar@council.example")
    phone.add_init_script(AN_HOUR_AHEAD)
    phone.goto(f"{address}/compere/{PLANNED}")
    is_kept(phone)
    phone.context.set_offline(True)
    phone.reload()
    phone.get_by_role("button", name="Call up number 1").first.click()
    phone.get_by_role("button", name="Start the timer", exact=True).click()
    expect(phone.locator(".timer__digits")).to_have_text(re.compile("2:5"))
    expect(phone.locator("#lost")).to_be_visible()
    check_accessible(phone)
    assert stage(live, PLANNED).version == 0
    phone.context.set_offline(False)
    for page in (screen, phone):
        expect(page.locator(".timer__digits:visible")).to_have_text(re.compile("2:"), timeout=15_000)
    found = stage(live, PLANNED)
    assert (found.timer.is_running, found.moved_by) == (True, "Omar Khan")


def test_a_forgotten_timer_is_asked_about_at_both_ends(live: Live, open_page: OpenPage) -> None:
    _, address = live
    phone = open_page(f"{address}/")
    sign_in(live, phone, "omar@council.example")
    phone.goto(f"{address}/compere/{PLANNED}")
    press(phone, "Call up number 1")
    begun, over = phone.get_by_text("Have they begun?"), phone.get_by_text("Is the turn over?")
    expect(phone.get_by_role("button", name="Start the timer", exact=True)).to_be_visible()
    expect(begun).to_be_hidden()
    bid_id = stage(live, PLANNED).bid_id
    put_stage(live, PLANNED, moved_at=now() - dt.timedelta(seconds=61))
    expect(begun).to_be_visible()
    press(phone, "Start the timer from 1 minute ago")
    expect(phone.locator(".timer__digits")).to_have_text(re.compile("1:5"))
    expect(begun).to_be_hidden()
    expect(over).to_be_hidden()
    put_stage(live, PLANNED, running_since=now() - dt.timedelta(minutes=19))
    expect(over).to_be_visible()
    press(phone, "End it at its allowed time")
    expect(phone.get_by_text("No group is presenting.")).to_be_visible()
    expect(phone.get_by_text("The screen shows").locator("..")).to_contain_text("A break")
    with live[0].app_context():
        assert db.session.scalars(sa.select(TurnTaken).where(TurnTaken.bid_id == bid_id)).one().pitch_seconds == 180


def test_a_winner_is_hidden_until_the_press_and_the_announcement_goes_on_where_it_was(
    live: Live, open_page: OpenPage
) -> None:
    _, address = live
    screen, phone = open_page(f"{address}/", size=PROJECTOR), open_page(f"{address}/")
    connect(live, screen, ANNOUNCED)
    sign_in(live, phone, "omar@council.example")
    phone.goto(f"{address}/compere/{ANNOUNCED}")
    given, first = screen.locator('[data-say="given"]'), phone.locator(".sentence", has_text="It gets £2,150.")
    phone.get_by_role("button", name="Begin the announcement").click()
    shown(screen, "announcement")
    expect(phone.get_by_role("heading", name="1 of 11")).to_be_visible()
    expect(phone.get_by_role("heading", name="2 of 11")).to_be_hidden()
    expect(first).to_be_hidden()
    phone.get_by_role("button", name="See it on this phone").click()
    expect(first).to_be_visible()
    expect(given).to_have_text("£0")
    check_accessible(phone)
    phone.get_by_role("button", name="Show it on the screen").evaluate("button => { button.click(); button.click() }")
    expect(phone.get_by_role("alert")).to_have_text("You pressed that twice. The second press changed nothing.")
    expect(given).to_have_text("£2,150")
    assert stage(live, ANNOUNCED).revealed == 1
    phone.reload()
    expect(phone.get_by_role("heading", name="2 of 11")).to_be_visible()
    expect(phone.get_by_role("button", name="Show it on the screen")).to_be_hidden()
    phone.get_by_role("button", name="See it on this phone").click()
    phone.wait_for_timeout(1100)
    press(phone, "Show it on the screen")
    # What is over is folded: the bid that the screen shows, and the next, are all that stays open.
    expect(phone.locator("[data-reveal]:visible")).to_have_count(2)
    expect(first).to_be_hidden()
    phone.get_by_text("What was announced before").click()
    expect(phone.locator("[data-earlier]:visible")).to_have_count(1)
    phone.wait_for_timeout(1100)
    press(phone, "Go back by one")
    expect(first).to_be_visible()
    phone.get_by_text("Show something else").click()
    phone.get_by_role("button", name="A break").click()
    shown(screen, "break")
    phone.wait_for_timeout(1100)
    phone.get_by_role("button", name="Begin the announcement").click()
    shown(screen, "announcement")
    expect(given).to_have_text("£2,150")
    phone.get_by_role("button", name="Go back by one").click()
    expect(given).to_have_text("£0")
    expect(phone.get_by_role("button", name="Go back by one")).to_be_hidden()


def test_once_every_group_was_called_the_phone_leads_to_the_vote_and_then_to_the_last_call(
    live: Live, open_page: OpenPage
) -> None:
    with writing(live[0]):
        event = event_called(OPEN)
        assert event
        load_running_order(event)
        for slot in event.running_order:
            db.session.merge(TurnTaken(event_id=event.id, bid_id=slot.bid_id, ended=TurnEnd.SPOKE))
    phone = open_page(f"{live[1]}/")
    sign_in(live, phone, "omar@council.example")
    phone.goto(f"{live[1]}/compere/{OPEN}")
    vote, last_call = (phone.locator(f"[data-then={scene}] button") for scene in ("vote", "last_call"))
    expect(last_call).to_be_visible(timeout=15_000)
    expect(vote).to_be_hidden()
    phone.get_by_text("Show something else").click()
    press(phone, "A break")
    expect(vote).to_be_visible()
    expect(last_call).to_be_hidden()
    for button in (vote, last_call):
        expect(button).to_be_visible()
        phone.wait_for_timeout(1100)  # sooner it would be the second tap of a finger
        with phone.expect_response("**/move"):
            button.click()
        expect(button).to_be_hidden()
    expect(vote).to_be_hidden()
    assert stage(live, OPEN).scene is Scene.LAST_CALL


def test_two_presses_on_different_buttons_are_no_double_tap(live: Live, open_page: OpenPage) -> None:
    phone = open_page(f"{live[1]}/")
    sign_in(live, phone, "omar@council.example")
    phone.goto(f"{live[1]}/compere/{ANNOUNCED}")
    press(phone, "Begin the announcement")
    put_stage(live, ANNOUNCED, revealed=10)
    expect(phone.get_by_role("heading", name="11 of 11")).to_be_visible()
    phone.get_by_role("button", name="See it on this phone").click()
    show = phone.get_by_role("button", name="Show it on the screen")
    show.evaluate("button => { button.click(); document.querySelector('[data-all] button').click(); }")
    expect(phone.get_by_role("button", name="Thank the hall")).to_be_visible()
    expect(phone.get_by_role("alert")).to_be_hidden()


def test_a_list_that_was_opened_stays_open_when_the_page_is_fetched_again(live: Live, open_page: OpenPage) -> None:
    phone = open_page(f"{live[1]}/")
    sign_in(live, phone, "omar@council.example")
    phone.goto(f"{live[1]}/compere/{PLANNED}")
    phone.get_by_text("All groups").click()
    groups, second = (
        phone.locator(".groups > li"),
        phone.locator(".groups").get_by_role("button", name="Call up number 2"),
    )
    expect(second).to_be_visible()
    listed = groups.count()
    with writing(live[0]):
        event, omar = event_called(PLANNED), account_with_email("omar@council.example")
        assert event
        assert omar
        load_running_order(event)
        withdraw_on_the_day(event, event.running_order[-1], "They are ill.", omar)
    expect(groups).to_have_count(listed - 1, timeout=15_000)
    expect(second).to_be_visible()


def test_the_clock_says_its_word_and_is_accessible(live: Live, open_page: OpenPage) -> None:
    clock = open_page(f"{live[1]}/", size=DESK)
    sign_in(live, clock, "olivia@council.example")
    clock.goto(f"{live[1]}/clock/{PLANNED}")
    expect(clock.get_by_text("Nobody is speaking")).to_be_visible()
    check_accessible(clock)
