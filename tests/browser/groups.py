"""A member's phone with their groups, for tests in a browser."""

import io
from collections.abc import Sequence

import sqlalchemy as sa
from flask import Flask
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import Group
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.visits.models import CheckIn, CheckInPhoto
from tests.browser.conftest import follow

GROUP = "Longford Park Runners"
WORDS = "Eleven runners came."


def card(page: Page) -> Locator:
    """The card of the group."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=GROUP))


def form_of(page: Page) -> str:
    """The address of the group's form."""
    return str(card(page).get_attribute("data-form"))


def is_kept(page: Page, *paths: str, so: bool = True) -> None:
    """These pages open without a network from now on, or don't."""
    has = "Promise.all(paths.map(path => caches.match(new URL(path, location).href)))"
    assert page.evaluate(
        f"""async ([paths, so]) => {{
            for (let tries = 0; tries < 100; tries += 1) {{
                const found = await {has};
                if (found.every(one => Boolean(one) === so)) return true;
                await new Promise(done => setTimeout(done, 100));
            }}
            return false;
        }}""",
        [list(paths), so],
    )


def open_form(page: Page) -> None:
    """Open the group's form, once its script keeps each key."""
    follow(card(page).get_by_role("button", name="Log a check-in"))
    expect(page.locator("form[data-check-in][data-ready]")).to_be_attached()


def save(page: Page) -> None:
    """Save, and go where that leads."""
    follow(page.get_by_role("button", name="Save the check-in"))
    expect(page.get_by_role("heading", name="My groups")).to_be_visible()


def stored(app: Flask) -> list[tuple[str, str]]:
    """The words and concerns of the check-ins about the group that tests have sent."""
    with app.app_context():
        wanted = sa.select(CheckIn.words, CheckIn.concern).join(Award, Award.id == CheckIn.award_id)
        wanted = wanted.join(Bid, Bid.id == Award.bid_id).join(Group, Group.id == Bid.group_id)
        wanted = wanted.where(Group.name == GROUP).order_by(CheckIn.id)
        return [(row.words, row.concern) for row in db.session.execute(wanted)]


def photos_sent() -> Sequence[CheckInPhoto]:
    """The photos of what tests have sent."""
    wanted = sa.select(CheckInPhoto).join(CheckIn, CheckIn.id == CheckInPhoto.check_in_id)
    return db.session.scalars(wanted.where(CheckIn.words == WORDS)).all()


def kept_on(page: Page) -> str:
    """All that this phone holds of its member: the browser's database, its stores and its pages, as one text."""
    return str(
        page.evaluate(
            """async () => {
            const asked = indexedDB.open("pbvote groups");
            const database = await new Promise(done => { asked.onsuccess = () => done(asked.result); });
            const all = [];
            for (const name of database.objectStoreNames) {
                const found = database.transaction(name).objectStore(name).getAll();
                all.push(JSON.stringify(await new Promise(done => { found.onsuccess = () => done(found.result); })));
            }
            database.close();
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const one of await cache.keys()) all.push(await (await cache.match(one)).text());
            }
            return all.join() + JSON.stringify({ ...localStorage, ...sessionStorage });
        }"""
        )
    )


def a_photo(name: str, width: int = 2400) -> FilePayload:
    """A photo of a phone's camera."""
    written = io.BytesIO()
    Image.new("RGB", (width, width // 2), "teal").save(written, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}
