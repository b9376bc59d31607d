"""How the venue check stands: on its page, on the console, and before voting opens; and when it is old."""

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import uk_moment
from pbvote.db import db
from pbvote.doctor.findings import Diagnosis, ok, unsafe, warning
from pbvote.people.service import account_with_email
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.venue.keeping import keep
from pbvote.vote.venue.models import VenuePoint
from pbvote.vote.venue.sheet import code_of
from pbvote.vote.venue.standing import VenueStanding
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker
from tests.factories import an_event, sign_in, the_event, writing
from tests.hall import ORGANISER, organiser_does, slug
from tests.pages import browser, client_of, text_of

NOON = uk_moment(dt.date(2026, 3, 2), dt.time(12))
DAY = dt.timedelta(days=1)
PHONES = (VenuePoint.SHEET, VenuePoint.WIFI)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Noon, until a test moves on."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hall(app: Flask) -> Flask:
    """An app with an event on the day after."""
    with writing(app):
        event = an_event()
        event.starts_at, event.ends_at = event.starts_at + DAY, event.ends_at + DAY
    return app


def find(app: Flask, **findings: Diagnosis) -> None:
    """Keep that all points are well, but for those that are given."""
    with writing(app):
        organiser = account_with_email(ORGANISER)
        for point in VenuePoint:
            finding = findings.get(point.value) or ok(point.value, f"The {point.value} is well.")
            keep(the_event(), {point: finding}, None if point in PHONES else organiser)


def standing(app: Flask) -> tuple[str, bool]:
    """What the console says, and whether that is enough."""
    with app.app_context():
        stands = VenueStanding.of(the_event())
        return stands.says, stands.is_done


def test_nothing_is_known_before_somebody_looks(hall: Flask) -> None:
    assert standing(hall) == ("The venue is not checked", False)
    page = text_of(browser(hall, ORGANISER).get(f"/desk/events/{slug(hall)}/venue"))
    assert page.count("Not checked") == len(VenuePoint)


def test_all_that_is_well_is_done_and_says_when(hall: Flask, clock: time_machine.Traveller) -> None:
    find(hall)
    assert standing(hall) == ("Venue checked today at noon, and all is well", True)
    clock.shift(dt.timedelta(hours=10))
    assert standing(hall) == ("Venue checked today at noon, and all is well", True)


def test_a_warning_is_enough_and_is_named(hall: Flask) -> None:
    find(hall, wifi=warning("wifi", "Slow.", "Stand elsewhere."))
    assert standing(hall) == ("Venue checked today at noon, look again at Wi-Fi in the hall", True)
    find(hall, wifi=warning("wifi", "Slow.", "Stand elsewhere."), https=warning("https", "Bare.", "Cover it."))
    assert standing(hall)[0].endswith("look again at HTTPS and Wi-Fi in the hall")


def test_what_must_be_mended_is_not_done_and_comes_first(hall: Flask, clock: time_machine.Traveller) -> None:
    find(hall, disk=unsafe("disk", "Full.", "Make room."), wifi=warning("wifi", "Slow.", "Stand elsewhere."))
    assert standing(hall) == ("Venue check: mend disk", False)
    clock.shift(DAY)
    assert standing(hall) == ("Venue check: mend disk", False)


def test_a_point_that_nobody_looked_at_is_named(hall: Flask) -> None:
    with writing(hall):
        for point in set(VenuePoint) - {VenuePoint.SHEET}:
            by = None if point in PHONES else account_with_email(ORGANISER)
            keep(the_event(), {point: ok("all", "Well.")}, by)
    assert standing(hall) == ("Venue check: printed sheet not checked", False)


def test_on_the_day_a_check_of_the_day_before_is_old(hall: Flask, clock: time_machine.Traveller) -> None:
    find(hall)
    clock.shift(DAY)
    assert standing(hall) == ("Venue checked yesterday at noon: that was another day", False)
    page = text_of(browser(hall, ORGANISER).get(f"/desk/events/{slug(hall)}/venue"))
    assert page.replace("Check again on the morning", "").count("Check again") == len(VenuePoint)
    assert "Checked yesterday at noon by The organiser: that was another day." in page
    assert "Checked yesterday at noon by a phone: that was another day." in page
    with writing(hall):
        db.session.execute(sa.update(Event).values(poll=PollState.OPEN))
    page = text_of(browser(hall, ORGANISER).get(f"/desk/events/{slug(hall)}/venue"))
    left = page.replace("Check again on the morning", "").count("Check again")
    assert left == len(VenuePoint) - 1, "nobody is told to send test votes while people vote"


def test_until_the_day_a_check_of_another_day_stands_and_says_when_it_was(
    hall: Flask, clock: time_machine.Traveller
) -> None:
    with writing(hall):
        event = the_event()
        event.starts_at, event.ends_at = event.starts_at + 2 * DAY, event.ends_at + 2 * DAY
    find(hall)
    clock.shift(DAY)
    assert standing(hall) == ("Venue checked yesterday at noon, and all is well", True)


def test_a_check_is_old_once_the_address_or_the_place_has_changed(hall: Flask, make_app: AppMaker) -> None:
    find(hall)
    moved = make_app(BASE_URL="https://votes.council.example")
    assert standing(moved) == ("Venue checked today at noon: the address has changed since", False)
    with writing(hall):
        the_event().place = "Sale Library"
    assert standing(hall) == ("Venue checked today at noon: the event has moved since", False)


def test_the_console_and_the_opening_say_it(hall: Flask, clock: time_machine.Traveller) -> None:
    desk, console = browser(hall, ORGANISER), f"/desk/events/{slug(hall)}"
    assert "Not done: The venue is not checked Check the venue" in text_of(desk.get(console))
    assert "The venue is not checked. Look again" in text_of(desk.get(f"{console}/open"))
    find(hall)
    assert "Done: Venue checked today at noon, and all is well" in text_of(desk.get(console))
    assert "Venue checked today at noon, and all is well. Look again" not in text_of(desk.get(f"{console}/open"))
    clock.shift(DAY)
    desk = browser(hall, ORGANISER)
    assert "Not done: Venue checked yesterday at noon: that was another day" in text_of(desk.get(console))


def test_after_the_close_the_findings_stay_to_be_read_and_nothing_is_old(
    hall: Flask, clock: time_machine.Traveller
) -> None:
    find(hall)
    organiser_does(hall, open_poll)
    organiser_does(hall, close_poll)
    clock.shift(3 * DAY)
    page = browser(hall, ORGANISER).get(f"/desk/events/{slug(hall)}/venue")
    assert "Old" not in text_of(page)
    assert "Check the server" not in text_of(page)
    with hall.app_context():
        code = code_of(the_event())
    late = client_of(hall).post(f"/venue/{slug(hall)}", data={"code": code, "trips": "41"})
    assert late.status_code == 409
    assert "Voting has closed, so the venue is not checked any more." in text_of(late)


def test_the_database_knows_who_looked_unless_a_phone_did(hall: Flask) -> None:
    for point, by in ((VenuePoint.DISK, None), (VenuePoint.SHEET, ORGANISER)):
        with pytest.raises(sa.exc.IntegrityError, match="phones_have_no_name"), writing(hall):
            keep(the_event(), {point: ok("it", "Well.")}, account_with_email(by) if by else None)


def test_where_members_choose_there_is_no_hall_to_check(demonstration: None, client: CheckedClient) -> None:
    sign_in(client, "olivia@council.example")
    assert client.get("/desk/events/small-grants-sale/venue").status_code == 404


def test_the_demonstration_was_checked_on_the_day_before(demonstration: None, client: CheckedClient) -> None:
    sign_in(client, "olivia@council.example")
    page = text_of(client.get("/desk/events/sale-2014/venue"))
    assert "50 test votes in 1.2 s, none refused." in page
    assert "Half of the answers came within 0.5 seconds, all within 0.6 seconds." in page


def test_a_point_has_one_tag_and_an_old_one_is_to_be_checked_again(app: Flask) -> None:
    with writing(app):
        event = an_event()
        keep(event, {VenuePoint.SHEET: ok("sheet", "It works.")}, None, NOON - 9 * DAY)
    page = text_of(browser(app, ORGANISER).get(f"/desk/events/{slug(app)}/venue"))
    assert "Check again It works." in page
    assert "Well It works." not in page
