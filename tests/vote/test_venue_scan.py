"""The test sheet, and the phone that scans it: what is kept of a scan, and of whom nothing."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.doctor.findings import Level
from pbvote.vote.slips.guessing import Bucket
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.venue.models import VenueCheck, VenuePoint
from pbvote.vote.venue.phone import RoundTrips, of_trips, read_trips
from pbvote.vote.venue.sheet import code_of
from tests.conftest import AppMaker, both_databases
from tests.factories import an_event, the_event, writing
from tests.hall import ORGANISER, slug
from tests.pages import browser, client_of, text_of
from tests.paper import codes_on, rendered


@pytest.fixture
def hall(app: Flask) -> Flask:
    """An app with an event before its day."""
    with writing(app):
        an_event()
    return app


def kept(app: Flask) -> dict[VenuePoint, VenueCheck]:
    """What the database holds of the event's venue."""
    with app.app_context():
        return {check.point: check for check in db.session.scalars(sa.select(VenueCheck))}


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("41,-,38", RoundTrips((41, 38), 1)),
        ("7", RoundTrips((7,), 0)),
        ("", None),
        ("41,", None),
        ("-1", None),
        ("1234567", None),
        ("٤١", None),
        (",".join("1" * 21), None),
    ],
)
def test_only_round_trips_are_read(sent: str, read: RoundTrips | None) -> None:
    assert read_trips(sent) == read


@pytest.mark.parametrize(
    ("trips", "level", "sentence"),
    [
        (
            "40,42,300",
            Level.OK,
            "A phone asked the server 3 times. Half of the answers came within 0.1 seconds, all within 0.3 seconds.",
        ),
        (
            "301,301",
            Level.WARNING,
            "A phone asked the server 2 times. Half of the answers came within 0.4 seconds, all within 0.4 seconds.",
        ),
        (
            "1,1,2001",
            Level.WARNING,
            "A phone asked the server 3 times. Half of the answers came within 0.1 seconds, all within 2.1 seconds.",
        ),
        ("-,41,41,41", Level.WARNING, "A phone in the hall asked the server 4 times, and 1 got no answer."),
        ("-,-", Level.WARNING, "A phone in the hall asked the server 2 times, and 2 got no answer."),
    ],
)
def test_what_round_trips_say_of_the_network(trips: str, level: Level, sentence: str) -> None:
    read = read_trips(trips)
    assert read
    found = of_trips(read)
    assert (found.level, found.sentence) == (level, sentence)


@both_databases
def test_a_scan_keeps_the_sheet_and_the_network_and_nothing_of_the_person(hall: Flask) -> None:
    phone, page = client_of(hall), f"/venue/{slug(hall)}"
    with hall.app_context():
        code = code_of(the_event())
    assert "nobody votes here" in text_of(phone.get(page))
    done = phone.post(page, data={"code": code, "trips": "41,52,38"}, environ_base={"REMOTE_ADDR": "192.0.2.99"})
    assert "The test sheet works" in text_of(done)
    assert (
        "A phone asked the server 3 times. Half of the answers came within 0.1 seconds, all within 0.1 seconds."
        in text_of(done)
    )
    assert "Set-Cookie" not in done.headers
    found = kept(hall)
    assert set(found) == {VenuePoint.SHEET, VenuePoint.WIFI}
    assert {check.checked_by for check in found.values()} == {None}
    assert not any("192.0.2.99" in str(vars(check)) for check in found.values())
    phone.post(page, data={"code": code, "trips": "-,52"})  # the newest is kept
    assert kept(hall)[VenuePoint.WIFI].level is Level.WARNING


def test_a_scan_without_script_marks_the_sheet_alone(hall: Flask) -> None:
    with hall.app_context():
        code = code_of(the_event())
    done = client_of(hall).post(f"/venue/{slug(hall)}", data={"code": code.lower(), "trips": ""})
    assert "this browser runs no script" in text_of(done)
    assert set(kept(hall)) == {VenuePoint.SHEET}


def test_no_other_code_marks_the_sheet(make_app: AppMaker, hall: Flask) -> None:
    phone, page = client_of(hall), f"/venue/{slug(hall)}"
    with writing(hall):
        [slip] = make_slips(the_event(), 1, None)
    with make_app(BASE_URL="https://votes.council.example").app_context():
        of_another_address = code_of(the_event())
    for code in (slip.code, of_another_address, "K7QF", "é"):
        answer = phone.post(page, data={"code": code, "trips": "41"})
        assert answer.status_code == 422
        assert "This is not the code of the event’s test sheet." in text_of(answer)
    assert phone.post(page, data={"code": ""}).status_code == 422
    assert kept(hall) == {}


def test_the_sheets_code_is_no_slip(hall: Flask) -> None:
    with hall.app_context():
        code = code_of(the_event())
    assert client_of(hall).post("/v/paper", data={"code": code, "lang": "en"}).status_code == 404


def test_scans_are_few_enough_to_leave_votes_their_turn(hall: Flask) -> None:
    hall.extensions["pbvote-scans"] = Bucket(burst=2, per_second=0)
    with hall.app_context():
        code = code_of(the_event())
    phone, page = client_of(hall), f"/venue/{slug(hall)}"
    statuses = [phone.post(page, data={"code": code}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_the_printed_code_is_read_off_the_sheet_and_leads_to_the_page(hall: Flask, tmp_path: Path) -> None:
    answer = browser(hall, ORGANISER).get(f"/desk/events/{slug(hall)}/venue/sheet.pdf")
    assert answer.mimetype == "application/pdf"
    [page] = rendered(answer.data, tmp_path)
    [code] = codes_on(page)
    address, _, read = code.text.partition("#")
    assert address == f"{hall.config['BASE_URL']}/venue/{slug(hall)}"
    phone = client_of(hall)
    assert phone.post(f"/venue/{slug(hall)}", data={"code": read, "trips": "41"}).status_code == 200
    assert set(kept(hall)) == {VenuePoint.SHEET, VenuePoint.WIFI}
