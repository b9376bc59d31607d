"""Planning an event: its hours and its running order, until the poll opens."""

import datetime as dt
import threading

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.letters import when_and_where
from pbvote.call.bids.models import Bid
from pbvote.call.rounds.models import Share
from pbvote.call.rounds.service import settle_share
from pbvote.call.rounds.timetable import DaysContradict, require_days_in_order
from pbvote.core.clock import UK, today
from pbvote.db import begin_write, db
from pbvote.filters import day
from pbvote.people.service import account_with_email
from pbvote.vote.events import service
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_bid, a_locality, an_account, an_event, an_open_round, sign_in, the_event, writing
from tests.hall import EVENT_FORM, organiser_does
from tests.pages import client_of, text_of
from tests.refusing import refuse_bid
from tests.together import together


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser before a share of Sale with two bids on the shortlist, and one that waits."""
    with writing(app):
        organiser = an_account(Role.ORGANISER)
        a_locality()
        share = an_open_round().shares[0]
        for group in ("Ants", "Bees", "Crickets"):
            bid = a_bid(share, group)
            if group != "Crickets":
                shortlist_bid(bid, organiser)
    sign_in(client, "organiser@council.example")
    return client


@pytest.fixture
def planned(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser before an event with three bids, 1 to 3 in this order."""
    with writing(app):
        an_event()
    sign_in(client, "organiser@council.example")
    return client


def event(app: Flask) -> Event:
    """The only event."""
    with app.app_context():
        found = db.session.get_one(Event, 1)
        _ = found.running_order
        return found


def order(app: Flask) -> list[int]:
    """The ids of the bids in their order."""
    return [slot.bid_id for slot in event(app).running_order]


def set_order(desk: CheckedClient, *places: str) -> TestResponse:
    """Give bid 1, 2, … these places."""
    form = {f"bid_{number}": place for number, place in enumerate(places, 1)}
    return desk.post(f"/desk/events/sale-{today().year}/running-order", data=form)


def test_an_event_begins_with_the_shortlist_and_uk_hours(app: Flask, desk: CheckedClient) -> None:
    answer = desk.post("/desk/shares/1/event", data=EVENT_FORM)
    assert answer.headers["Location"] == "/desk/events/sale-2014/day"  # the second page: how the day goes
    planned = event(app)
    assert planned.starts_at == dt.datetime(2014, 7, 12, 12, 30, tzinfo=dt.UTC)
    assert planned.ends_at == dt.datetime(2014, 7, 12, 15, tzinfo=dt.UTC)
    assert order(app) == [1, 2]
    shown = desk.get("/desk/events/sale-2014/plan").get_data(as_text=True)
    assert 'value="13:30"' in shown
    assert 'value="16:00"' in shown
    # A second sending, or another organiser, finds it planned.
    assert desk.post("/desk/shares/1/event", data=EVENT_FORM | {"name": "Again"}).status_code == 302
    assert desk.get("/desk/shares/1/event").headers["Location"] == "/desk/events/sale-2014"
    assert event(app).name == "Sale decides"


def test_an_event_that_can_not_be_is_refused_and_nothing_typed_is_lost(app: Flask, desk: CheckedClient) -> None:
    for changes, complaint in [
        ({"ends": "1:30pm"}, "The event must end after it starts"),
        ({"ends": "9am"}, "The event must end after it starts"),
        ({"starts": "half past"}, "time"),
        ({"ends": "25:00"}, "time"),
        ({"held_on-day": "31", "held_on-month": "6"}, "The date must be a real date"),
        ({"held_on-day": "", "held_on-month": "", "held_on-year": ""}, "Enter the day of the event"),
        ({"place": ""}, "Enter the place"),
    ]:
        refused = desk.post("/desk/shares/1/event", data=EVENT_FORM | changes)
        assert refused.status_code == 422
        assert complaint in text_of(refused)
        for value in (EVENT_FORM | changes).values():
            assert f'value="{value}"' in refused.get_data(as_text=True) or not value
        with app.app_context():
            assert db.session.get(Event, 1) is None


def test_place_and_hours_can_change_and_bad_ones_can_not(app: Flask, planned: CheckedClient) -> None:
    address = f"/desk/events/sale-{today().year}/plan"
    assert planned.post(address, data=EVENT_FORM | {"ends": "1pm"}).status_code == 422
    assert event(app).starts_at.date() == today()
    assert planned.post(address, data=EVENT_FORM | {"place": "Town Hall"}).status_code == 302
    assert (event(app).place, event(app).starts_at.year) == ("Town Hall", 2014)


def test_the_running_order_is_a_number_for_each_bid(app: Flask, planned: CheckedClient) -> None:
    assert order(app) == [1, 2, 3]
    assert set_order(planned, "3", "1", "2").status_code == 302
    assert order(app) == [2, 3, 1]
    page = planned.get(f"/desk/events/sale-{today().year}/running-order").get_data(as_text=True)
    assert page.index('name="bid_2"') < page.index('name="bid_3"') < page.index('name="bid_1"')


def test_an_order_with_a_number_twice_missing_or_beyond_is_refused(app: Flask, planned: CheckedClient) -> None:
    for places, complaint in [
        (("1", "2", "2"), "Place 2 is given twice"),
        (("1", "", "2"), "Enter its place"),
        (("1", "2"), "Enter its place"),
        (("0", "1", "2"), "1 or more"),
        (("1", "2", "4"), "3 or less"),
        (("1", "2", "third"), "whole number"),
    ]:
        refused = set_order(planned, *places)
        assert refused.status_code == 422
        assert complaint in text_of(refused)
        assert "There is a problem" in text_of(refused)
        for number, place in enumerate(places, 1):
            assert f'name="bid_{number}"' in refused.get_data(as_text=True)
            assert f'value="{place}"' in refused.get_data(as_text=True) or not place
        assert order(app) == [1, 2, 3]


def test_the_shortlist_is_taken_in_at_the_end_and_refused_bids_go(app: Flask, desk: CheckedClient) -> None:
    desk.post("/desk/shares/1/event", data=EVENT_FORM)
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        refuse_bid(db.session.get_one(Bid, 1), organiser, "Out of area")
        shortlist_bid(db.session.get_one(Bid, 3), organiser)
    assert order(app) == [1, 2]
    assert "B-03" in text_of(desk.get("/desk/events/sale-2014/running-order"))
    assert desk.post("/desk/events/sale-2014/shortlist").status_code == 302
    assert order(app) == [2, 3]


@both_databases
def test_the_ballot_is_fixed_once_voting_has_opened(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        share = an_event().share
        organiser = account_with_email("organiser@council.example")
        assert organiser
        shortlist_bid(a_bid(share, "Latecomers"), organiser)
    sign_in(client, "organiser@council.example")
    for verb in (open_poll, close_poll):
        organiser_does(app, verb)
        running_order = f"/desk/events/sale-{today().year}/running-order"
        refusals = [client.get(running_order), set_order(client, "3", "2", "1")]
        refusals.append(client.post(f"/desk/events/sale-{today().year}/shortlist"))
        for refused in refusals:
            assert refused.status_code == 409
            assert "Voting has opened, so the bids and their order can’t change." in text_of(refused)
        assert order(app) == [1, 2, 3]


@both_databases
def test_two_who_plan_at_once_plan_one_event(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        an_open_round()
    statuses: list[int] = []

    def plan() -> None:
        browser = client_of(app)
        sign_in(browser, "organiser@council.example")
        statuses.append(browser.post("/desk/shares/1/event", data=EVENT_FORM).status_code)

    together(plan, plan, plan)
    assert statuses == [302, 302, 302]
    assert event(app).slug == "sale-2014"


@both_databases
def test_the_order_does_not_change_under_a_poll_that_opens_at_that_moment(app: Flask) -> None:
    with writing(app):
        an_event()
    with app.app_context():
        begin_write()
        seen = the_event()
        assert seen.poll.value == "planned"
        opening = threading.Thread(target=lambda: organiser_does(app, open_poll))
        if db.engine.dialect.name == "postgresql":
            opening.start()
            opening.join()
            with pytest.raises(service.BallotFixed):
                service.set_running_order(seen, [3, 2, 1])
        else:  # one writer at a time: the opening waits for its turn
            service.set_running_order(seen, [3, 2, 1])
            opening.start()
            db.session.commit()
            opening.join()
    assert sorted(order(app)) == [1, 2, 3]


def in_days(number: int) -> dict[str, str]:
    """The day so many days from now, as the event's form sends it."""
    held_on = today() + dt.timedelta(days=number)
    return {f"held_on-{part}": str(getattr(held_on, part)) for part in ("day", "month", "year")}


def test_an_event_to_come_is_after_the_last_day_for_bids(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        last = db.session.get_one(Share, 1).bids_close_on
        assert (last - today()).days == 5
    new, change = "/desk/shares/1/event", f"/desk/events/sale-{(today() + dt.timedelta(days=6)).year}/plan"
    for path, days, status in [(new, 1, 422), (new, 5, 422), (new, 6, 302), (change, 5, 422), (change, 7, 302)]:
        answer = desk.post(path, data=EVENT_FORM | in_days(days))
        assert answer.status_code == status, (path, days)
        if status == 422:
            planned_on = day(today() + dt.timedelta(days=days))
            said = f"The event of Sale is on {planned_on}, and bids are taken until {day(last)}."
            assert said in text_of(answer)
    assert event(app).starts_at.astimezone(UK).date() == today() + dt.timedelta(days=7)


def test_an_event_that_was_held_can_be_entered_whatever_the_last_day_for_bids(app: Flask, desk: CheckedClient) -> None:
    assert desk.post("/desk/shares/1/event", data=EVENT_FORM | in_days(0)).status_code == 302
    change = f"/desk/events/sale-{today().year}/plan"
    assert desk.post(change, data=EVENT_FORM | in_days(-1)).status_code == 302
    assert event(app).starts_at.astimezone(UK).date() == today() - dt.timedelta(days=1)


def test_bids_end_before_the_day_of_an_event_to_come(app: Flask, desk: CheckedClient) -> None:
    assert desk.post("/desk/shares/1/event", data=EVENT_FORM | in_days(7)).status_code == 302
    with writing(app):
        share = db.session.get_one(Share, 1)
        settle_share(share, {"bids_close_on": today() + dt.timedelta(days=6)})
        with pytest.raises(DaysContradict, match=r"The event of Sale is on .*, and bids are taken until"):
            settle_share(share, {"bids_close_on": today() + dt.timedelta(days=7)})
    last = today() + dt.timedelta(days=8)
    settings = {"cap_pence": "3,000", "minimum_age": "13", "who_may_vote": "Whoever lives in Sale", "format": "stalls"}
    for name, on in (("open_on", today()), ("close_on", last)):
        settings |= {f"bids_{name}-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}
    answer = desk.post("/desk/shares/1/settings", data=settings)
    assert answer.status_code == 422
    assert f"is on {day(today() + dt.timedelta(days=7))}, and bids are taken until {day(last)}." in text_of(answer)
    with writing(app):
        share = db.session.get_one(Share, 1)
        assert share.bids_close_on == today() + dt.timedelta(days=6)
        share.is_locked = True  # the first slip ends the bids, whatever the last day says
        require_days_in_order(share, event(app).starts_at, last)


def test_voting_can_last_a_week_and_every_page_says_from_when_to_when(app: Flask, desk: CheckedClient) -> None:
    week = {"ends_on-day": "18", "ends_on-month": "7", "ends_on-year": "2014", "ends": "9am"}
    assert desk.post("/desk/shares/1/event", data=EVENT_FORM | week).status_code == 302
    planned = event(app)
    assert planned.lasts_days
    assert planned.ends_at == dt.datetime(2014, 7, 18, 8, tzinfo=dt.UTC)
    said = "12 July 2014, 1:30pm, to 18 July 2014, 9am"
    for address in ("/", "/desk/events/sale-2014", "/localities/sale"):
        assert said in text_of(desk.get(address)), address
    assert f"Residents vote from {said}." in text_of(desk.get("/rounds/grants-2014"))
    shown = desk.get("/desk/events/sale-2014/plan").get_data(as_text=True)
    assert 'name="ends_on-day" type="text" value="18"' in shown
    with app.app_context():
        assert said in when_and_where(1, [1])
    for changes, complaint in [
        ({"ends_on-day": "11"}, "The last day can’t be before the first"),
        ({"ends_on-month": "9"}, "Voting can last 31 days at most"),
        ({"ends_on-day": "12"}, "The event must end after it starts"),
    ]:
        refused = desk.post("/desk/events/sale-2014/plan", data=EVENT_FORM | week | changes)
        assert refused.status_code == 422
        assert complaint in text_of(refused)
