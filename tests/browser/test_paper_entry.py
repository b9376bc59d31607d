"""Paper ballots in Chromium: keyed with a scanner and the keyboard alone, read back by a second organiser."""

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Page, expect

from pbvote.people.service import account_with_email
from pbvote.vote.events.service import event_called
from pbvote.vote.paper_entry.pile import entry_numbered, pile_of
from pbvote.vote.poll.paper import Paper
from tests.browser.conftest import DESK, PHONE, OpenPage, check_accessible
from tests.browser.voter import Live, new_slip

OLIVIA, OMAR = "olivia@council.example", "omar@council.example"
PAPERS = "/desk/events/sale-2014/papers"


def open_as(open_page: OpenPage, live: Live, email: str, path: str, **options: object) -> Page:
    """A window in which this account is signed in, past its password."""
    app, address = live
    with app.app_context():
        account = account_with_email(email)
        assert account
        session = {"_user_id": account.get_id(), "_fresh": True}
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer
    page = open_page(address, **options)
    page.context.add_cookies([{"name": "session", "value": str(signer.dumps(session)), "url": address}])
    page.goto(address + path)
    return page


def scan(page: Page, text: str) -> None:
    """What a handheld scanner does: it types all of the address, and Enter."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def keyed(app: Flask) -> int:
    """How many papers are keyed."""
    with app.app_context():
        event = event_called("sale-2014")
        assert event
        return pile_of(event).keyed


def marks_of(app: Flask, serial: str) -> dict[int, int]:
    """What was keyed for a slip."""
    with app.app_context():
        event = event_called("sale-2014")
        assert event
        entry = entry_numbered(event, serial)
        assert entry
        return dict(entry.says.marks(Paper.of(event)))


def test_three_papers_with_the_keyboard_alone(live: Live, open_page: OpenPage) -> None:
    app, _ = live
    before = keyed(app)
    slips = [new_slip(app) for _ in range(3)]
    page = open_as(open_page, live, OLIVIA, f"{PAPERS}/key", size=DESK)
    check_accessible(page)
    for number, slip in enumerate(slips, 1):
        scan(page, slip.address)
        expect(page.locator("h1")).to_have_text(f"Key {slip.serial}")
        assert slip.code not in page.url
        expect(page.locator("#bid-1")).to_be_focused()
        for bid in range(1, 12):
            page.keyboard.type(str(1 + (bid + number) % 5))
            page.keyboard.press("Enter")
        expect(page.locator(".status-line")).to_contain_text(
            f"Kept: {slip.serial}. {before + number} keyed, {number} wait"
        )
        expect(page.locator("#code")).to_be_focused()
        assert marks_of(app, slip.serial) == {bid: 1 + (bid + number) % 5 for bid in range(1, 12)}
    # The same paper again: said so, and the next scan replaces what stands in the field.
    scan(page, slips[0].address)
    expect(page.locator(".govuk-error-message")).to_contain_text("was keyed by you already")
    check_accessible(page)
    scan(page, slips[1].address)
    expect(page.locator(".govuk-error-message")).to_contain_text(f"{slips[1].serial} was keyed")


def test_a_forgotten_mark_is_put_right_and_a_spoilt_paper_gets_its_reason(live: Live, open_page: OpenPage) -> None:
    app, _ = live
    slip, spoilt = new_slip(app), new_slip(app)
    page = open_as(open_page, live, OLIVIA, f"{PAPERS}/key", size=DESK)
    scan(page, slip.grouped_code)
    expect(page.locator("#bid-1")).to_be_focused()
    for _ in range(11):
        page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    check_accessible(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for bid in range(1, 12):
        expect(page.locator(f"#bid-{bid}")).to_be_focused()
        page.keyboard.type("3")
        page.keyboard.press("Enter")
    expect(page.locator(".status-line")).to_contain_text(f"Kept: {slip.serial}.")
    scan(page, spoilt.grouped_code)
    expect(page.locator("#bid-1")).to_be_focused()
    for _ in range(12):  # past the boxes and the button, to the reasons
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".status-line")).to_contain_text(f"Kept: {spoilt.serial}.")
    assert marks_of(app, spoilt.serial) == {}


@pytest.mark.parametrize("script", [True, False])
def test_a_second_organiser_reads_back_on_a_phone(live: Live, open_page: OpenPage, script: bool) -> None:
    app, _ = live
    slips = [new_slip(app), new_slip(app)]
    page = open_as(open_page, live, OLIVIA, f"{PAPERS}/key", size=PHONE, script=script)
    for slip in slips:
        page.locator("#code").fill(slip.code)
        page.get_by_role("button", name="Open the paper").click()
        for bid in range(1, 12):
            page.locator(f"#bid-{bid}").fill(str(1 + bid % 5))
        page.get_by_role("button", name="Keep this paper").click()
        expect(page.locator(".status-line")).to_contain_text(f"Kept: {slip.serial}.")
    second = open_as(open_page, live, OMAR, f"{PAPERS}/read-back", size=PHONE, script=script)
    second.locator("#code").fill(slips[0].address)
    second.get_by_role("button", name="Find the paper").click()
    expect(second.locator("h1")).to_have_text(f"Slip {slips[0].serial}")
    assert second.locator(".read__box--marked").all_inner_texts() == [str(1 + bid % 5) for bid in range(1, 12)]
    if script:
        check_accessible(second)
        # The next scan ends with Enter, and confirms nothing.
        scan(second, slips[1].address)
        expect(second.locator("h1")).to_have_text(f"Slip {slips[0].serial}")
    second.get_by_role("button", name="It is the same: confirm").click()
    expect(second.locator(".status-line")).to_contain_text(f"Confirmed: {slips[0].serial}. 1 waits")
    second.get_by_role("link", name=f"Read it back {slips[1].serial}").click()
    second.get_by_role("button", name="It differs: send it back").click()
    expect(second.locator(".status-line")).to_have_text("0 wait to be read back.")
