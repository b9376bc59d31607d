"""A steward's phone and the desk's pages about slips, in a real browser: nothing that axe finds, nothing too wide."""

from flask import Flask
from playwright.sync_api import expect

from pbvote.db import db
from pbvote.vote.events.service import event_called
from pbvote.vote.slips.envelopes import envelopes_of
from tests.browser.conftest import PHONE, OpenPage, check_accessible, follow
from tests.browser.voter import sign_in

Live = tuple[Flask, str]


def test_a_steward_opens_an_envelope_and_notes_help_on_a_phone(live: Live, open_page: OpenPage) -> None:
    app, address = live
    page = open_page(f"{address}/")
    sign_in(live, page, "stella@council.example")
    with app.app_context():
        event = event_called("sale-2014")
        assert event
        sealed = next(envelope for envelope in envelopes_of(event) if not envelope.is_open)
        db.session.rollback()
    page.goto(f"{address}/my/events")
    follow(page.get_by_role("button", name="Go to the door of Sale decides"))
    check_accessible(page)
    follow(page.get_by_role("button", name=f"Open envelope {sealed.number}"))
    check_accessible(page)
    page.get_by_role("button", name=f"Open envelope {sealed.number} ({sealed.spare} slips)").click()
    expect(page.get_by_role("alert")).to_contain_text(f"Its {sealed.spare} slips can vote now")
    page.get_by_role("button", name="Reading the ballot paper").click()
    expect(page.get_by_role("alert")).to_contain_text("Noted: “Reading the ballot paper”.")
    expect(page.get_by_role("listitem").filter(has_text="Reading the ballot paper")).to_contain_text("1 so far")
    check_accessible(page)


def test_what_the_desk_answers_about_slips_fits_a_phone_and_can_be_read(live: Live, open_page: OpenPage) -> None:
    _, address = live
    page = open_page(f"{address}/")
    sign_in(live, page, "olivia@council.example")
    desk = f"{address}/desk/events/sale-2014"
    page.goto(f"{desk}/witnesses")
    page.get_by_label("Name of the witness").fill("Wilhelmina Featherstonehaugh-Cholmondeley")
    follow(page.get_by_role("button", name="Show the card on the screen"))
    check_accessible(page)
    follow(page.get_by_role("link", name="Back to the witnesses"))
    check_accessible(page)
    page.goto(f"{desk}/slips/void")
    page.get_by_label("Number of the slip").fill("1")
    page.get_by_label("It was found lying about").check()
    follow(page.get_by_role("button", name="Make the slip void"))
    check_accessible(page)
    page.get_by_text("The ledger: who did what").click()
    check_accessible(page)


def test_what_a_steward_presses_is_under_the_thumb_and_the_rules_are_folded_below(
    live: Live, open_page: OpenPage
) -> None:
    _, address = live
    page = open_page(f"{address}/")
    sign_in(live, page, "stella@council.example")
    page.goto(f"{address}/door/sale-2014")

    def height(name: str) -> float:
        box = page.get_by_role("button", name=name).bounding_box()
        assert box
        assert box["height"] >= 44
        return box["y"] + box["height"]

    envelope, help_first, help_last = (
        height(name) for name in ("Open envelope", "Using the phone or tablet", "Marking what they said")
    )
    plus = page.get_by_role("button", name="One more").first.bounding_box()
    assert plus
    assert plus["y"] + plus["height"] < PHONE["height"], "the first screen of a phone"
    assert envelope < help_first
    assert help_first < help_last < help_first + PHONE["height"] / 2
    rules = page.get_by_text("Hand over a slip: the rules")
    box = rules.bounding_box()
    assert box
    assert box["y"] > help_last
    expect(page.get_by_text("never in order")).to_be_hidden()
    rules.click()
    expect(page.get_by_text("never in order")).to_be_visible()
