"""Every page of the demonstration, measured at every width: a new route comes under this by itself.

Nothing scrolls sideways, is cut off, lies over something else or is too small for a finger: on a phone, on a narrow
window, on a desk, at 200 % zoom, and with the text spaced as WCAG 1.4.12 asks.
Nothing is found by axe, by day or in a dim hall.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from pbvote.assets.build import MODULES
from tests.browser.conftest import DESK, RULES, OpenPage
from tests.browser.voter import Live, sign_in
from tests.doors import READERS_AND_WRITERS
from tests.pages import browser, client_of
from tests.scene import EMAILS, find_scene
from tests.scene_addresses import address, rules_of

READERS = ("nobody", "organiser", "member", "group")
WIDTHS = (1280, 641, 640, 360, 320)
"""A desk; just wider than a phone's layout; a desk's window at 200 % zoom; a phone; the least of WCAG 1.4.10."""
SPACED_WIDTHS = (320, 641, 1280)
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    "p { margin-bottom: 2em !important }"
)
ADOPT = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet] }"
AXE = (
    "async runOnly => (await axe.run({ runOnly, resultTypes: ['violations'], preload: false }))"
    ".violations.map(each => `${each.id}: ${each.nodes.map(node => node.html)}`)"
)
MEASURING = Path(__file__).with_name("measuring.js").read_text(encoding="utf-8")


def pages_of(app: Flask, who: str) -> Iterator[str]:
    """The addresses of the pages that this person, and nobody before in `READERS`, may read, by the app's own map."""
    app.test_client_class = FlaskClient  # the pages' HTML is checked elsewhere
    scene = find_scene(app)
    client = client_of(app) if who == "nobody" else browser(app, EMAILS[who])
    # A file is no page, and a bundle or a sheet of paper takes its time to be made.
    for rule in (rule for rule in rules_of(app, "GET") if not Path(rule.rule).suffix):
        may_read = READERS_AND_WRITERS[rule.endpoint][0]
        if who == next((reader for reader in READERS if reader in may_read), None):
            answer = client.get(address(rule, scene), buffered=True)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield address(rule, scene)


def measured(page: Page) -> Iterator[str]:
    """What is wrong with the page at each width, as it is and with its text spaced."""
    for spacing, widths in (("", WIDTHS), (SPACING, SPACED_WIDTHS)):
        page.evaluate(ADOPT, spacing)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            yield from (f"{width}{' spaced' * bool(spacing)}: {each}" for each in page.evaluate(MEASURING))
    page.evaluate(ADOPT, "")


def found_by_axe(page: Page) -> Iterator[str]:
    """What axe finds by day, and what it finds of the colours in a dim hall."""
    page.evaluate((MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8"))
    yield from (f"light: {each}" for each in page.evaluate(AXE, RULES))
    page.emulate_media(color_scheme="dark")
    # Colours that change gently have to arrive first.
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
    yield from (f"dark: {each}" for each in page.evaluate(AXE, {"type": "rule", "values": ["color-contrast"]}))
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("who", READERS)
def test_every_page_can_be_read_and_pressed_at_every_width(live: Live, open_page: OpenPage, who: str) -> None:
    app, at = live
    paths = list(pages_of(app, who))
    assert paths
    page = open_page(f"{at}/healthz", size=DESK)
    if who != "nobody":
        sign_in(live, page, EMAILS[who])
    found = []
    for path in paths:
        page.goto(at + path)
        found += [f"{path} {each}" for each in (*measured(page), *found_by_axe(page))]
    assert found == [], "\n".join(found)


def test_no_words_leave_their_tag_where_every_stage_of_an_award_stands_in_one_table(
    live: Live, open_page: OpenPage
) -> None:
    page = open_page(f"{live[1]}/healthz", size=DESK)
    sign_in(live, page, EMAILS["organiser"])
    page.goto(f"{live[1]}/desk/events/old-trafford-stretford-2014/awards")
    expect(page.get_by_text("Waits for a second person")).to_be_visible()
    assert list(measured(page)) == []
    actions = page.locator(".site-header__action")
    heights = {round(each.evaluate("each => each.getBoundingClientRect().height")) for each in actions.all()}
    assert len(heights) == 1, "a link and a button beside each other are as high"
