"""A steward's counter on a phone: without a network, twice at once, killed, and sent three times."""

import json
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, Route, expect

from pbvote.db import begin_write, db
from pbvote.people.service import account_with_email
from pbvote.vote.door.figures import DoorFigures
from pbvote.vote.door.models import AgeBand, DoorName, DoorTap
from pbvote.vote.events.day import DayPlan, DoorList
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.closing import close_poll
from tests.browser.conftest import OpenPage, check_accessible
from tests.browser.counters import GUEST, SLUG, VOTER, figures, press
from tests.browser.screens import is_kept
from tests.browser.voter import sign_in
from tests.factories import writing

Live = tuple[Flask, str]
LOT, NOW = f"**/door/{SLUG}/lot", f"**/door/{SLUG}/now"


def until(live: Live, page: Page, is_so: Callable[[DoorFigures], bool]) -> DoorFigures:
    """What the server has once it is so."""
    for _ in range(100):
        found = figures(live)
        if is_so(found):
            return found
        page.wait_for_timeout(100)
    raise AssertionError(figures(live))


@pytest.fixture
def door(live: Live, open_page: OpenPage) -> Callable[[], Page]:
    """Open the door on another phone of Stella's."""

    def open_() -> Page:
        page = open_page(f"{live[1]}/")
        sign_in(live, page, "stella@council.example")
        page.goto(f"{live[1]}/door/{SLUG}")
        expect(page.locator("[data-with-script]")).to_be_visible()
        return page

    return open_


def shows(page: Page, which: str, number: int) -> None:
    """The number that is shown."""
    expect(page.locator(f"{which} [data-number]")).to_have_text(str(number))


def test_two_phones_add_up_and_each_says_what_it_counted_itself(live: Live, door: Callable[[], Page]) -> None:
    one, other = door(), door()
    before = figures(live)
    press(one, VOTER, 3)
    press(other, VOTER, 2)
    press(other, GUEST)
    expect(one.locator(f"{VOTER} [data-number]")).to_have_text(str(before.voters + 5), timeout=15_000)
    shows(other, VOTER, before.voters + 5)
    expect(one.locator(f"{GUEST} [data-number]")).to_have_text(str(before.guests + 1), timeout=15_000)
    expect(one.locator("[data-mine]")).to_have_text("This phone: 3 can vote, 0 without.")
    press(one, VOTER, name="One fewer")
    one.get_by_role("button", name="Undo the last press").click()
    expect(one.locator("[data-announced]")).to_have_text(f"Can vote: {before.voters + 5}")
    expect(one.get_by_role("button", name="Undo the last press")).to_be_hidden()
    assert until(live, one, lambda now: now.voters == before.voters + 5).guests == before.guests + 1


def test_without_a_network_it_counts_opens_again_and_hands_over_once(live: Live, door: Callable[[], Page]) -> None:
    page = door()
    before = figures(live)
    is_kept(page)
    page.context.set_offline(True)
    press(page, VOTER, 4)
    expect(page.locator("[data-mine]")).to_have_text("This phone: 4 can vote, 0 without. 4 presses wait for a signal.")
    expect(page.locator("[data-signal]")).to_contain_text("No signal. Go on counting")
    page.reload()
    shows(page, VOTER, before.voters + 4)
    press(page, GUEST)
    killed = page.context.new_page()
    page.close()
    killed.goto(f"{live[1]}/door/{SLUG}")
    expect(killed.locator("[data-mine]")).to_contain_text("5 presses wait for a signal")
    assert figures(live).voters == before.voters
    killed.context.set_offline(False)
    expect(killed.locator("[data-mine]")).to_have_text("This phone: 4 can vote, 1 without.", timeout=15_000)
    now = figures(live)
    assert (now.voters, now.guests) == (before.voters + 4, before.guests + 1)
    assert [phone.waiting for phone in now.phones] == [0, 0]
    killed.goto(f"{live[1]}/v/{SLUG}")
    assert killed.evaluate("navigator.serviceWorker.controller") is None
    scopes = killed.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))")
    assert scopes == [f"{live[1]}/door/"]


def test_a_press_whose_answer_is_lost_three_times_counts_once(live: Live, door: Callable[[], Page]) -> None:
    page = door()
    before, sent = figures(live), []

    def lose_the_answer(route: Route) -> None:
        sent.extend(json.loads(route.request.post_data or "")["taps"])
        assert route.fetch().status == 200
        route.abort("connectionreset")

    page.route(LOT, lose_the_answer, times=3)
    press(page, VOTER)
    expect(page.locator("[data-mine]")).to_contain_text("1 press waits for a signal")
    for _ in range(3):
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(300)
    expect(page.locator("[data-mine]")).to_have_text("This phone: 1 can vote, 0 without.", timeout=20_000)
    assert len(sent) == 3
    assert len({tap["id"] for tap in sent}) == 1
    assert figures(live).voters == before.voters + 1


def test_buttons_that_need_a_network_say_so_and_leave_the_counter_where_it_is(
    live: Live, door: Callable[[], Page]
) -> None:
    page = door()
    page.context.set_offline(True)
    expect(page.locator("[data-signal]")).to_be_visible(timeout=15_000)  # once it asks again
    page.get_by_role("button", name="Reading the ballot paper").click()
    expect(page.locator("[data-announced]")).to_have_text("Not sent: no signal. Press again once there is one.")
    assert page.url == f"{live[1]}/door/{SLUG}"


def test_the_queue_and_the_way_to_another_door(live: Live, door: Callable[[], Page]) -> None:
    page = door()
    page.get_by_role("button", name="Long").click()
    expect(page.get_by_role("button", name="Long")).to_have_attribute("aria-pressed", "true")
    assert figures(live).queue == "long"
    page.context.set_offline(True)
    page.get_by_text("Which ward votes where?").click()
    page.get_by_label("Ward where they live").fill("davyhulme")
    shown = page.locator(".wards__ward:visible")
    expect(shown.first).to_contain_text("votes at Urmston Library")
    page.get_by_label("Ward where they live").fill("ashton")
    expect(shown.first).to_contain_text("Yes: Sale votes here.")


def test_a_counter_is_large_and_readable_by_day_and_in_the_dark(live: Live, door: Callable[[], Page]) -> None:
    page = door()
    box = page.locator(VOTER).get_by_role("button", name="One more").bounding_box()
    assert box
    assert box["height"] >= 96
    assert box["width"] >= 200
    assert box["y"] + box["height"] <= 740, "it is reached without scrolling"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        check_accessible(page)


def test_names_are_looked_for_added_once_and_leave_the_phone(live: Live, door: Callable[[], Page]) -> None:
    with live[0].app_context():
        begin_write()
        event = event_called(SLUG)
        assert event
        event.day = DayPlan(door_list=DoorList.AGES)
        db.session.commit()
    page = door()
    before = figures(live).voters

    def add(name: str) -> None:
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Lives there").check()
        page.get_by_label("They are 8 or older").check()
        page.get_by_role("button", name="Add to the list").click()
        expect(page.locator("[data-names-said]")).to_have_text(f"{name} is noted. Hand over a slip.")

    page.get_by_label("Age").select_option("65 or older")
    add("Zachary Łukasz Brown")
    shows(page, VOTER, before + 1)
    until(live, page, lambda now: now.voters == before + 1)
    page.get_by_label("Name", exact=True).fill("za")
    page.wait_for_timeout(600)
    assert page.locator("[data-found] li").count() == 0
    page.get_by_label("Name", exact=True).fill("Zach Brown")
    expect(page.locator("[data-found] li")).to_contain_text("Zachary Łukasz Brown, lives there")
    page.get_by_role("button", name="Add to the list").click()
    expect(page.get_by_role("alert").filter(has_text="Choose what ties")).to_be_visible()
    check_accessible(page)
    add("Zach Lukasz Brown")
    expect(page.locator("[data-likes] li")).to_contain_text("So is Zachary Łukasz Brown. Is it the same person?")
    until(live, page, lambda now: now.voters == before + 2)
    kept = page.evaluate(
        """async slug => { const db = await new Promise(done => {
             const asked = indexedDB.open(`pbvote door ${slug}`); asked.onsuccess = () => done(asked.result) });
           return new Promise(done => { const all = db.transaction('waiting').objectStore('waiting').getAll();
             all.onsuccess = () => done(all.result) }) }""",
        SLUG,
    )
    assert kept == []
    page.get_by_label("Name", exact=True).fill("Zach Lukasz")
    page.get_by_role("button", name=re.compile("Take off ?: Zach Lukasz Brown")).click()
    until(live, page, lambda now: now.voters == before + 1)
    with live[0].app_context():
        rows = db.session.execute(sa.select(DoorName.name, DoorName.age)).all()
        assert sorted(rows) == [("", None), ("Zachary Łukasz Brown", AgeBand.FROM_65)]
        assert not db.session.scalar(sa.select(sa.exists().where(DoorTap.is_late)))


def test_a_page_that_hears_of_the_close_says_so_everywhere_and_takes_no_more_voters(
    live: Live, door: Callable[[], Page]
) -> None:
    page = door()
    expect(page.locator("#stands")).to_contain_text("Voting is open")
    expect(page.locator("#leavers")).to_contain_text("Anyone who leaves early")
    press(page, VOTER)
    with writing(live[0]):
        event, organiser = event_called(SLUG), account_with_email("olivia@council.example")
        assert event
        assert organiser
        close_poll(event, organiser)
    expect(page.locator("#stands")).to_contain_text("Voting is closed", timeout=15_000)
    expect(page.locator("#stands")).to_contain_text("Hand out no more slips")
    expect(page.locator("#stands")).not_to_contain_text("Voting is open")
    expect(page.locator("#leavers")).to_be_empty()
    expect(page.locator("[data-signal]")).to_be_hidden()
    expect(page.locator("[data-announced]")).to_have_text("Voting has closed.")
    expect(page.locator(f"{VOTER} .counter__more")).to_be_hidden()
    shows(page, VOTER, figures(live).voters)
    press(page, VOTER, name="One fewer")  # somebody was counted twice
    press(page, GUEST)
    check_accessible(page)
