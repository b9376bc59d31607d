"""A poll from the rehearsal to the published result, with browser windows for two organisers, a witness and voters."""

import re

from playwright.sync_api import Page, expect

from pbvote.db import begin_write, db
from pbvote.events.models import PollState
from pbvote.events.service import event_called
from pbvote.voting.models import CodeState
from tests.browser.conftest import DESK, PHONE, OpenPage, check_accessible
from tests.browser.test_door import sign_in
from tests.browser.voter import SLUG, Live, mark_every_bid, new_slip, open_paper, send


def press(page: Page, name: str) -> None:
    """Press a button and wait for the next page."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def see(page: Page, words: str) -> None:
    """The page says it."""
    expect(page.locator("main")).to_contain_text(words)


def back_to_planned(live: Live) -> None:
    """Take the demonstration's open poll back to where nobody has voted."""
    app, _ = live
    with app.app_context():
        begin_write()
        event = event_called(SLUG)
        assert event
        for table in ("ballot", "paper_entry"):
            db.session.execute(db.text(f"DELETE FROM {table} WHERE event_id = {event.id}"))  # noqa: S608
        event.poll, event.share.has_opened = PollState.PLANNED, False
        db.session.commit()


def test_a_poll_goes_from_the_rehearsal_to_the_published_result(live: Live, open_page: OpenPage) -> None:
    back_to_planned(live)
    app, address = live
    console, voting = f"{address}/desk/events/{SLUG}", f"{address}/v/{SLUG}"
    first, second = open_page(f"{address}/", size=DESK), open_page(f"{address}/", size=PHONE)
    sign_in(live, first, "olivia@council.example")
    sign_in(live, second, "omar@council.example")

    # The rehearsal: a test slip votes before the opening, and the box stays empty.
    rehearsal = open_page(voting)
    open_paper(rehearsal, new_slip(app, CodeState.TEST))
    mark_every_bid(rehearsal)
    send(rehearsal)
    expect(rehearsal.locator(".done")).to_be_visible()
    first.goto(console)
    see(first, "the box is empty, 0 ballots")
    see(first, "Rehearsal ballots, which never count 1")

    # A witness gets a card; voting opens, and six people vote.
    first.goto(f"{console}/witnesses")
    first.fill("input[name=name]", "Wendy Wright")
    press(first, "Show the card on the screen")
    card = re.search(r"/witness#([0-9A-Z]{12})", first.content())
    assert card
    first.goto(console)
    press(first, "Open voting")
    for mark in (5, 5, 4, 3, 5, 2):
        phone = open_page(voting)
        open_paper(phone, new_slip(app))
        mark_every_bid(phone, mark)
        send(phone)
        expect(phone.locator(".done")).to_be_visible()
        phone.context.close()

    # Closed by mistake: the witness confirms with the card that voting is opened again.
    first.reload()
    press(first, "Close voting")
    first.get_by_role("link", name="Open voting again").click()
    first.get_by_label("It was closed by mistake").check()
    press(first, "Ask a second person")
    see(first, "This waits for a second person")
    check_accessible(first)
    witness = open_page(f"{address}/witness#{card[1]}")
    assert "#" not in witness.url
    check_accessible(witness)
    press(witness, "See what waits for me")
    see(witness, "Olivia Marsh asks to open voting at Sale decides again (it was closed by mistake)")
    check_accessible(witness)
    press(witness, "I have seen it, and confirm")
    see(witness, "Confirmed")

    # The first organiser's page notices by itself; then the account, and the count with the second organiser.
    expect(first.locator("#poll")).to_contain_text("Voting is open", timeout=15_000)
    press(first, "Close voting")
    first.get_by_role("link", name="Fill in the code account").click()
    live_slips = int(first.locator("dt:has-text('slips that vote') + dd").first.inner_text())
    first.fill("input[name=left_over]", str(live_slips - 6))
    first.fill("input[name=door_count]", "6")
    press(first, "Save the account")
    see(first, "It balances.")
    check_accessible(first)
    first.goto(console)
    press(first, "Ask to count and seal")
    second.goto(console)
    see(second, "Olivia Marsh asks to count the votes of Sale decides and seal them")
    check_accessible(second)
    press(second, "Confirm")
    see(second, "Counted and sealed, not public yet")
    words = second.locator(".seal-words").inner_text()
    assert len(words.split()) == 6
    check_accessible(second)

    # All bids tie, so what the tie keys leave open may wait for a draw; else the result is published at once.
    expect(first.locator(".seal-words")).to_have_text(words, timeout=15_000)
    first.goto(f"{console}/outcome")
    press(first, "Publish the result")
    public = open_page(f"{address}/results/{SLUG}")
    see(public, "6 ballots were counted")
    check_accessible(public)
