"""The venue check in a real browser: a phone scans the test sheet, and the organisers' page shows it by itself."""

import re

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import expect

from pbvote.addresses import venue_page
from pbvote.db import db
from pbvote.vote.events.service import event_called
from pbvote.vote.venue.models import VenueCheck, VenuePoint
from pbvote.vote.venue.sheet import code_of
from tests.browser.conftest import DESK, PHONE, OpenPage, check_accessible, follow
from tests.browser.voter import sign_in


def test_a_phone_scans_the_sheet_and_measures_the_hall_by_itself(live: tuple[Flask, str], open_page: OpenPage) -> None:
    app, address = live
    desk = open_page(f"{address}/", size=DESK)
    sign_in(live, desk, "olivia@council.example")
    desk.goto(f"{address}/desk/events/sale-2014/venue")
    check_accessible(desk)
    follow(desk.get_by_role("button", name="Check the server"))
    expect(desk.get_by_text("The server’s clock and this computer’s agree.")).to_be_visible()
    with app.app_context():
        event = event_called("sale-2014")
        assert event
        scanned = venue_page(event.slug, code_of(event))
    phone = open_page(scanned, size=PHONE)
    expect(phone.get_by_role("heading", name="The test sheet works")).to_be_visible(timeout=15_000)
    assert phone.url == f"{address}/venue/sale-2014"
    assert phone.context.cookies() == []
    expect(phone.get_by_text(re.compile(r"^A phone asked the server 10 times\. Half of the answers"))).to_be_visible()
    check_accessible(phone)
    follow(phone.get_by_role("button", name="Measure again"))
    expect(desk.get_by_text("A phone asked the server 10 times")).to_be_visible(timeout=15_000)
    with app.app_context():
        wifi = db.session.scalars(sa.select(VenueCheck).where(VenueCheck.point == VenuePoint.WIFI)).unique().one()
        assert wifi.checked_by is None
    phone.goto(scanned.partition("#")[0])
    expect(phone.get_by_label("The code on the test sheet")).to_have_value("")  # without a code it waits
    check_accessible(phone)
