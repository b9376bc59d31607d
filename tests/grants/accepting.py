"""Awards that their groups accept, for tests: past the page, and by the page as it is filled in."""

import datetime as dt
import re
from html.parser import HTMLParser

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.promises.accepting import SaidYes, accept, acceptance_of, confirm
from pbvote.grants.promises.models import Acceptance, Promise
from pbvote.grants.promises.proposing import NewPromise
from pbvote.grants.promises.second import Second
from pbvote.grants.promises.terms import takes_two
from pbvote.people.models import Account
from tests.checked_client import CheckedClient
from tests.outbox import letters
from tests.pages import client_of

SECOND = {"second_name": "Sue Second", "second_email": "sue@group.example"}


def said(award: Award, *promises: NewPromise) -> SaidYes:
    """What somebody of the group says, with two promises unless others are given."""
    soon = today() + dt.timedelta(days=30)
    usual = (NewPromise("20 people have cooked together.", soon), NewPromise("We have a garden.", soon))
    second = Second(SECOND["second_name"], SECOND["second_email"]) if takes_two(award) else None
    return SaidYes("Amina Yusuf", "treasurer", promises or usual, second)


def accepted(award: Award, by: Account | None = None, *promises: NewPromise) -> None:
    """Let its group accept, with a second person where it takes two."""
    group = award.bid.group
    assert group
    assert accept(award, said(award, *promises), by or group.contacts[0].account)
    acceptance = acceptance_of(award)
    assert acceptance
    if acceptance.waits:
        assert confirm(acceptance)
    db.session.flush()


def send_form(group: CheckedClient, award_id: int, **changes: str) -> TestResponse:
    """Open the page, tick the box, and press the button."""
    page = group.get(f"/my/awards/{award_id}/accept").get_data(as_text=True)
    second = SECOND if 'name="second_name"' in page else {}
    return group.post(f"/my/awards/{award_id}/accept", data={**typed_in(page), **second, "agreed": "y", **changes})


def note_that_they_accept(desk: CheckedClient, award_id: int, **changes: str) -> TestResponse:
    """Go through the page with a group on the telephone."""
    page = desk.get(f"/desk/awards/{award_id}/accept").get_data(as_text=True)
    people = {"name": "Ada Byrne", "role": "chair", "second_name": "Bea Byrne", "agreed": "y"}
    return desk.post(f"/desk/awards/{award_id}/accept", data={**typed_in(page), **people, **changes})


def typed_in(page: str) -> dict[str, str]:
    """Everything that stands in the boxes of a page."""
    form = _Boxes()
    form.feed(page)
    return form.values


class _Boxes(HTMLParser):
    """Reads what a browser would send of a page: boxes with text, and what is ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a box."""
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "textarea":
            self._area, self.values[name] = name, ""
        elif tag == "input" and name and (said.get("type") not in {"radio", "checkbox"} or "checked" in said):
            self.values[name] = said.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a box."""
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        """Take in what stands in a box."""
        if self._area:
            self.values[self._area] += data.strip()


def accept_on_the_page(app: Flask, group: CheckedClient, award_id: int) -> None:
    """Accept by the page; where it takes two, the second person opens the letter and presses the button."""
    answer = send_form(group, award_id)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    if code := code_for_second(app):
        assert client_of(app).post("/grant/confirm", data={"code": code}).status_code == 302


def code_for_second(app: Flask, email: str = SECOND["second_email"]) -> str:
    """The code in the newest letter to the second person; "" where none was written."""
    with app.app_context():
        bodies = [letter.body for letter in letters() if letter.recipient == email and "/grant#" in letter.body]
    return re.findall(r"/grant#(\S+)", bodies[0])[0] if bodies else ""


def one(app: Flask, award_id: int) -> Acceptance:
    """What was accepted of this award."""
    with app.app_context():
        return db.session.get_one(Acceptance, award_id)


def promised(app: Flask, award_id: int) -> list[tuple[str, dt.date]]:
    """What was promised, in order."""
    with app.app_context():
        found = db.session.scalars(sa.select(Promise).where(Promise.award_id == award_id).order_by(Promise.number))
        return [(promise.words, promise.due_on) for promise in found]
