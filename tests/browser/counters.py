"""The two counters of a steward's phone, and what the server has of them."""

from playwright.sync_api import Page

from pbvote.db import db
from pbvote.vote.door.figures import DoorFigures, door_figures
from pbvote.vote.events.service import event_called
from tests.browser.voter import Live

SLUG = "sale-2014"
VOTER, GUEST = "[data-counter=voter]", "[data-counter=guest]"


def figures(live: Live) -> DoorFigures:
    """What the server has."""
    with live[0].app_context():
        event = event_called(SLUG)
        assert event
        found = door_figures(event)
        db.session.rollback()
        return found


def press(page: Page, which: str, times: int = 1, name: str = "One more") -> None:
    """Press a counter."""
    for _ in range(times):
        page.locator(which).get_by_role("button", name=name).click()
