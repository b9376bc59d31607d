"""A word of 72 letters, where a group has put one: no page that shows it is wider than a phone of 360 px."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from pbvote.call.bids.models import Bid, BudgetLine, SentBid
from pbvote.call.checking.models import Appeal, BidDecision, Query
from pbvote.call.drafts.models import DraftPage
from pbvote.call.groups.models import Group
from pbvote.db import db
from pbvote.people.models import Account
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.voter import Live, sign_in
from tests.doors import READERS_AND_WRITERS
from tests.factories import writing
from tests.pages import browser, client_of
from tests.scene import EMAILS, find_scene
from tests.scene_addresses import address, rules_of

LONG = ("Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 2)[:72]
READERS = ("nobody", "organiser", "group")
ROOMS = ("pbvote.call.", "pbvote.vote.programme.", "pbvote.vote.events.", "pbvote.home.")
MEASURING = Path(__file__).with_name("measuring.js").read_text(encoding="utf-8")


def write_long_words(app: Flask) -> None:
    """Whatever a group or an officer may type about a bid is one word, past the forms, which let it through."""
    with writing(app):
        for what in (
            sa.update(Bid).values(title=LONG, summary=LONG, who_benefits=LONG),
            sa.update(Bid).where(Bid.photo_id.is_not(None)).values(photo_text=LONG),
            sa.update(Group).values(name=sa.literal(LONG).concat(sa.cast(Group.id, sa.String))),
            sa.update(BudgetLine).values(what=LONG),
            sa.update(Query).values(question=LONG),
            sa.update(BidDecision).where(BidDecision.reason != "").values(reason=LONG, advice=LONG),
            sa.update(Appeal).values(words=LONG),
            sa.update(Account).where(Account.email.like("%@group.example")).values(name=LONG),
        ):
            db.session.execute(what)
        for kept in db.session.scalars(sa.select(DraftPage)):
            long = dict.fromkeys(("group_name", "contact_name", "title", "summary", "who_benefits"), LONG)
            kept.typed = {**kept.typed, **{name: text for name, text in long.items() if name in kept.typed}}
        assert db.session.scalars(sa.select(SentBid)).all()


def pages_of(app: Flask, who: str) -> Iterator[str]:
    """The pages of the call, of the event and of the house that this person, and nobody before them, may read."""
    app.test_client_class = FlaskClient  # the pages' HTML is checked elsewhere
    scene = find_scene(app)
    client = client_of(app) if who == "nobody" else browser(app, EMAILS[who])
    for rule in rules_of(app, "GET"):
        may_read = READERS_AND_WRITERS[rule.endpoint][0]
        is_ours = app.view_functions[rule.endpoint].__module__.startswith(ROOMS)
        if is_ours and who == next((reader for reader in READERS if reader in may_read), None):
            answer = client.get(address(rule, scene), buffered=True)
            if answer.status_code == 200 and answer.mimetype == "text/html" and LONG in answer.text:
                yield address(rule, scene)


@pytest.mark.parametrize(("who", "least"), [("nobody", 2), ("organiser", 8), ("group", 1)])
def test_no_page_is_wider_than_a_phone_because_of_one_long_word(
    live: Live, open_page: OpenPage, who: str, least: int
) -> None:
    app, at = live
    write_long_words(app)
    paths = list(pages_of(app, who))
    assert len(paths) >= least, paths
    page = open_page(f"{at}/healthz", size=PHONE)
    if who != "nobody":
        sign_in(live, page, EMAILS[who])
    found = []
    for path in paths:
        page.goto(at + path)
        found += [f"{path} {each}" for each in page.evaluate(MEASURING)]
    assert found == [], "\n".join(found)
