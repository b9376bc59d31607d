"""Passes, phones and screens of a hall, for tests."""

import datetime as dt

import sqlalchemy as sa
from flask import Flask
from flask.typing import ResponseReturnValue
from werkzeug.http import parse_cookie
from werkzeug.test import TestResponse

from pbvote.call.bids.deciding import shortlist_bid
from pbvote.core.clock import today, uk_moment
from pbvote.db import db
from pbvote.people.service import account_with_email
from pbvote.vote.events.service import plan_event
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.passes.guard import hall_door
from pbvote.vote.passes.hands import hand
from pbvote.vote.passes.letting_in import allow, end
from pbvote.vote.passes.making import make_pass
from pbvote.vote.passes.models import DeviceKind, HallDevice
from pbvote.vote.passes.uploads import uploads
from tests.checked_client import CheckedClient
from tests.factories import a_bid, a_locality, an_open_round, the_event, writing
from tests.hall import organiser_does
from tests.pages import client_of

STEWARD, COMPERE, SCREEN = DeviceKind


def a_pass(app: Flask, kind: DeviceKind = STEWARD) -> str:
    """The code of a new pass of the event."""
    codes: list[str] = []
    organiser_does(app, lambda event, organiser: codes.append(make_pass(event, kind, organiser)))
    return codes[0]


def ask_in(phone: CheckedClient, code: str, name: str = "Anna") -> TestResponse:
    """Send the page of a pass."""
    return phone.post("/pass", data={"code": code, "name": name})


def let_in(app: Flask, device_id: int) -> None:
    """Let the device in, as the organiser."""
    organiser_does(app, lambda event, organiser: allow(event, device_id, organiser))


def a_phone(app: Flask, kind: DeviceKind = STEWARD, name: str = "Anna") -> CheckedClient:
    """A phone that has come in with a new pass."""
    phone = client_of(app)
    assert ask_in(phone, a_pass(app, kind), name).status_code == 302
    let_in(app, device_count(app))
    return phone


def a_screen(app: Flask) -> CheckedClient:
    """A screen that asks."""
    screen = client_of(app)
    with app.app_context():
        slug = the_event().slug
    assert screen.post(f"/screen/{slug}/ask").status_code == 302
    return screen


def device_count(app: Flask) -> int:
    """The number of the newest device."""
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(HallDevice)) or 0


def device(app: Flask, device_id: int) -> HallDevice:
    """A device as it stands, without its session: what it knows of its event is loaded."""
    with app.app_context():
        found = db.session.get_one(HallDevice, device_id)
        assert found.event.share.round.name
        db.session.expunge_all()
        return found


def told_of_passes(app: Flask) -> list[tuple[str, int, bool]]:
    """What the ledger tells of passes and devices: type, number, and whether it ended."""
    with app.app_context():
        entries = [entry for entry in entries_of(the_event()) if entry.type in {"pass", "device"}]
        return [(entry.type, entry.body["number"], entry.body.get("is_ended", False)) for entry in entries]


def cookies_set(answer: TestResponse) -> list[str]:
    """The cookies of an answer, each as its header has it, without the session's."""
    return [line for line in answer.headers.getlist("Set-Cookie") if "session" not in parse_cookie(line)]


def move_event(app: Flask, **columns: object) -> None:
    """Change the event, past the services."""
    with writing(app):
        for name, value in columns.items():
            setattr(the_event(), name, value)


def another_event(app: Flask) -> str:
    """The slug of a second event, in another locality."""
    with writing(app):
        a_locality("Stretford")
        share = next(share for share in an_open_round().shares if share.locality.slug == "stretford")
        organiser = account_with_email("organiser@council.example")
        assert organiser
        shortlist_bid(a_bid(share, "Others"), organiser)
        starts, ends = (uk_moment(today(), dt.time(hour)) for hour in (12, 15))
        return plan_event(share, "Stretford decides", "Stretford Hall", starts, ends).slug


def who() -> ResponseReturnValue:
    """Who is there, as a hall's page knows it."""
    return {"name": hand().name, "may_write": hand().may_write, "device": hand().device_number}


@uploads
def taps() -> ResponseReturnValue:
    """What a script of the page hands over."""
    return who()


def add_door(app: Flask, kind: DeviceKind) -> None:
    """Give the app a door of this kind, beside its own."""
    trial = hall_door("trial", __name__, f"{kind.home('<slug:slug>')}/trial", kind)
    trial.get("/who")(who)
    trial.post("/taps")(taps)
    app.register_blueprint(trial)


def out_of(hall: Flask, device_id: int) -> None:
    """End a device, or refuse it."""
    organiser_does(hall, lambda event, organiser: end(event, device_id, organiser))
