"""A poll from the rehearsal to the recounted result, with browser windows for two organisers, a witness and voters."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from pbvote.vote.slips.models import SlipState
from tests.browser.conftest import DESK, PHONE, OpenPage, check_accessible, follow
from tests.browser.halls import SLUG, plan, press, step
from tests.browser.voter import Live, mark_every_bid, new_slip, open_paper, send, sign_in
from tests.pages import client_of


def see(page: Page, words: str) -> None:
    """The page says it."""
    expect(page.locator("main")).to_contain_text(words)


def test_a_poll_goes_from_the_rehearsal_to_the_published_result_and_its_recount(
    live: Live, open_page: OpenPage, tmp_path: Path
) -> None:
    app, address = live
    plan(app)
    console, voting = f"{address}/desk/events/{SLUG}", f"{address}/v/{SLUG}"
    first, second = open_page(f"{address}/", size=DESK), open_page(f"{address}/", size=PHONE)
    sign_in(live, first, "olivia@council.example")
    sign_in(live, second, "omar@council.example")

    # The rehearsal: a test slip votes before the opening, and the box stays empty.
    rehearsal = open_page(voting)
    open_paper(rehearsal, new_slip(app, SlipState.TEST, SLUG))
    mark_every_bid(rehearsal)
    send(rehearsal)
    expect(rehearsal.locator(".done")).to_be_visible()
    first.goto(console)
    see(first, "The box is empty, 0 ballots")
    see(first, "1 rehearsal ballot cast")

    # A witness gets a card; voting opens, and six people vote.
    first.goto(f"{console}/witnesses")
    first.fill("input[name=name]", "Wendy Wright")
    press(first, "Show the card on the screen")
    card = re.search(r"/witness#([0-9A-Z]{12})", first.content())
    assert card
    first.goto(console)
    step(first, "Open voting")
    for mark in (5, 5, 4, 3, 5, 2):
        phone = open_page(voting)
        open_paper(phone, new_slip(app, slug=SLUG))
        mark_every_bid(phone, mark)
        send(phone)
        expect(phone.locator(".done")).to_be_visible()
        phone.context.close()

    # Closed by mistake: the witness confirms with the card that voting is opened again.
    first.reload()
    step(first, "Close voting")
    follow(first.get_by_role("link", name="Open voting again"))
    first.get_by_label("It was closed by mistake").check()
    press(first, "Ask a second person")
    see(first, "This waits for a second person")
    check_accessible(first)
    witness = open_page(f"{address}/witness#{card[1]}")
    assert "#" not in witness.url
    check_accessible(witness)
    press(witness, "See what waits for me")
    see(witness, "Olivia Marsh asks to open voting at South Trafford decides again (it was closed by mistake)")
    check_accessible(witness)
    press(witness, "The reason is true, and I confirm")
    see(witness, "Confirmed")

    # The first organiser's page notices by itself; then the account, and the count with the second organiser.
    expect(first.locator("#poll")).to_contain_text("Voting is open", timeout=15_000)
    step(first, "Close voting")
    follow(first.get_by_role("link", name="Do the slips add up?").first)
    live_slips = int(first.locator("dt:has-text('Can vote') + dd").first.text_content() or "")
    first.fill("input[name=left_over]", str(live_slips - 6))
    first.fill("input[name=door_count]", "6")
    press(first, "Save the numbers")
    see(first, "The slips add up.")
    check_accessible(first)
    first.goto(console)
    step(first, "Count and seal", "Ask to count and seal")
    second.goto(console)
    see(second, "Olivia Marsh asks to count the votes of South Trafford decides and seal them")
    check_accessible(second)
    press(second, "I have read the numbers, and confirm")
    see(second, "Counted and sealed, not public yet")
    words = second.locator(".seal-words").inner_text()
    assert len(words.split()) == 6
    check_accessible(second)

    # The hall sees the seal; then the result is published, and a voter counts it again.
    hall = open_page(f"{address}/results/{SLUG}/seal", size=DESK)
    see(hall, words.split()[0])
    check_accessible(hall)
    expect(first.locator(".seal-words")).to_have_text(words, timeout=15_000)
    first.goto(f"{console}/outcome")
    press(first, "See the outcome")
    step(first, "Publish the result")
    public = open_page(f"{address}/results/{SLUG}")
    see(public, "6 ballots were counted")
    check_accessible(public)
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(client_of(app).get(f"/results/{SLUG}/bundle.zip").data)
    with zipfile.ZipFile(bundle) as files:
        files.extract("recount.py", tmp_path)
    recounted = subprocess.run(
        [sys.executable, "-I", "-S", tmp_path / "recount.py", bundle], check=False, capture_output=True, text=True
    )
    assert recounted.returncode == 0, recounted.stdout
    assert "Everything fits." in recounted.stdout
    assert words in " ".join(recounted.stdout.split())
