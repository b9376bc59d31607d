"""What a partnership tells everybody: nothing of it before its moment, and nothing but a line once it is taken down."""

import datetime as dt
import io

import feedparser
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import UK, now
from pbvote.core.contacts import NO_CONTACTS
from pbvote.db import db
from pbvote.files.models import Photo
from pbvote.partnership.updates.models import Update
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.files.samples import photo_file
from tests.pages import browser, text_of
from tests.partnership.keeping import EDITOR, KEEP, MEMBER, ORGANISER, PUBLIC, SAID

pytestmark = pytest.mark.usefixtures("partnership")
AT = f"{KEEP}/updates/1"
OUT = f"{PUBLIC}/updates/1"


def drafted(app: Flask) -> CheckedClient:
    editor = browser(app, EDITOR)
    assert editor.post(f"{KEEP}/updates/new", data=SAID).status_code == 302
    return editor


def published(app: Flask) -> CheckedClient:
    editor = drafted(app)
    assert editor.post(f"{AT}/publish", data={"seen": "1", "when": "now"}).status_code == 302
    return editor


def seen_anywhere(client: CheckedClient) -> bool:
    pages = [text_of(client.get(at)) for at in (PUBLIC, f"{PUBLIC}/updates")]
    return any("The alley" in page for page in pages)


def test_a_draft_is_at_no_address_for_anyone_but_editors(app: Flask, client: CheckedClient) -> None:
    drafted(app)
    for reader in (client, browser(app, MEMBER)):
        assert reader.get(OUT).status_code == 404
        assert not seen_anywhere(reader)
    assert browser(app, MEMBER).get(AT).status_code == 403
    assert "Draft" in text_of(browser(app, ORGANISER).get(f"{KEEP}/updates"))


def test_an_update_comes_out_by_the_clock_and_can_be_changed(app: Flask, client: CheckedClient) -> None:
    editor = drafted(app)
    due = (now() + dt.timedelta(days=2)).astimezone(UK)
    hour = {
        "seen": "1",
        "when": "later",
        "out_on-day": due.day,
        "out_on-month": due.month,
        "out_on-year": due.year,
        "out_at": "9am",
    }
    assert editor.post(f"{AT}/publish", data=hour).status_code == 302
    assert "To come" in text_of(editor.get(AT))
    assert client.get(OUT).status_code == 404
    with time_machine.travel(due.replace(hour=9, minute=0, second=1)):
        assert "Forty pots." in text_of(client.get(OUT))
        assert seen_anywhere(client)
    with time_machine.travel(due.replace(hour=12)):
        changed = browser(app, EDITOR).post(AT, data={**SAID, "words": "Fifty pots.", "seen": "2"})
        assert changed.status_code == 302
        page = text_of(client.get(OUT))
    assert "Fifty pots." in page
    assert "Changed on" in page


REFUSED = (
    ("/publish", {"when": "later"}, "Enter the day"),
    (
        "/publish",
        {"when": "later", "out_on-day": "1", "out_on-month": "6", "out_on-year": "2020", "out_at": "9am"},
        "hour is over",
    ),
    ("", {**SAID, "words": "Ring 0161 496 0123"}, NO_CONTACTS),
    ("", {**SAID, "words": "word " * 401}, "400 words or fewer"),
    ("", {**SAID, "heading": ""}, "Enter"),
    ("/photo", {"photo_text": "Pots"}, "Choose a photo"),
)


def test_what_will_not_do_is_refused_in_a_sentence(app: Flask) -> None:
    editor = drafted(app)
    for press, typed, sentence in REFUSED:
        answer = editor.post(f"{AT}{press}", data={"seen": "1", **typed})
        assert answer.status_code == 422, sentence
        assert sentence in text_of(answer)


def test_a_photo_stands_beside_it_and_leaves_with_it(app: Flask, client: CheckedClient) -> None:
    editor = drafted(app)
    for _ in range(2):
        sent = {"photo": (io.BytesIO(photo_file()), "pots.jpg"), "photo_text": "Pots in a row"}
        assert editor.post(f"{AT}/photo", data=sent).status_code == 302
    assert editor.get(f"{AT}/photo-400.jpg").status_code == 200
    assert client.get(f"{OUT}/photo-400.jpg").status_code == 404
    assert editor.post(f"{AT}/publish", data={"seen": "3", "when": "now"}).status_code == 302
    assert client.get(f"{OUT}/photo-400.jpg").status_code == 200
    assert editor.post(f"{AT}/photo/remove").status_code == 302
    assert client.get(f"{OUT}/photo-400.jpg").status_code == 404
    with app.app_context():
        assert not db.session.scalars(sa.select(Photo)).all()


def test_taken_down_leaves_a_line_with_the_reason_and_nothing_of_what_it_said(
    app: Flask, client: CheckedClient
) -> None:
    editor = published(app)
    assert seen_anywhere(client)
    assert "Say why" in text_of(editor.post(f"{AT}/take-down", data={"why": ""}))
    assert editor.post(f"{AT}/delete").status_code == 409
    assert editor.post(f"{AT}/take-down", data={"why": "It named a child."}).status_code == 302
    assert not seen_anywhere(client)
    gone = client.get(OUT)
    assert gone.status_code == 410
    assert "It named a child." in text_of(gone)
    assert "It named a child." in text_of(client.get(f"{PUBLIC}/updates"))
    for press, data in (("", {**SAID, "seen": "3"}), ("/take-down", {"why": "Again"})):
        assert editor.post(f"{AT}{press}", data=data).status_code == 409
    with app.app_context():
        kept = db.session.get_one(Update, 1)
        assert kept.heading == kept.words == ""


def test_a_feed_holds_what_is_out_with_ids_that_stay(app: Flask, client: CheckedClient) -> None:
    def read() -> list[tuple[str, str, str]]:
        answer = client.get(f"{PUBLIC}/updates.atom")
        assert answer.content_type == "application/atom+xml; charset=utf-8"
        found = feedparser.parse(answer.get_data())
        assert not found.bozo
        return [(entry.id, entry.title, entry.summary) for entry in found.entries]

    editor = drafted(app)
    assert read() == []
    assert editor.post(f"{AT}/publish", data={"seen": "1", "when": "now"}).status_code == 302
    [(at, title, _)] = read()
    assert (at.endswith(OUT), title) == (True, "The alley is green")
    changed = {"heading": "Pots & <b>herbs</b>", "words": "<script>alert(1)</script>", "seen": "2"}
    assert editor.post(AT, data=changed).status_code == 302
    assert read() == [(at, "Pots & <b>herbs</b>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    for page in (PUBLIC, f"{PUBLIC}/updates", OUT):
        assert f'href="{PUBLIC}/updates.atom"' in client.get(page).get_data(as_text=True)
    assert editor.post(f"{AT}/take-down", data={"why": "It named a child."}).status_code == 302
    assert read() == []
    assert client.get("/localities/nowhere/updates.atom").status_code == 404


def test_the_second_of_two_editors_reads_what_changed(app: Flask) -> None:
    first, second = drafted(app), browser(app, ORGANISER)
    assert first.post(AT, data={**SAID, "words": "Fifty pots.", "seen": "1"}).status_code == 302
    refused = second.post(AT, data={**SAID, "words": "Sixty pots.", "seen": "1"})
    assert refused.status_code == 409
    assert "Fifty pots." in text_of(refused)
    unread = second.post(f"{AT}/publish", data={"seen": "1", "when": "now"})
    assert unread.status_code == 409, "they publish what they have read"


@both_databases
def test_a_draft_that_is_deleted_is_gone(app: Flask, client: CheckedClient) -> None:
    editor = drafted(app)
    assert editor.post(f"{AT}/delete").status_code == 302
    assert editor.get(AT).status_code == 404
    assert "Nobody has written one yet." in text_of(editor.get(f"{KEEP}/updates"))


def test_a_script_is_shown_as_it_was_typed(app: Flask, client: CheckedClient) -> None:
    editor = browser(app, EDITOR)
    editor.post(f"{KEEP}/updates/new", data={"heading": "<b>x</b>", "words": "<script>alert(1)</script>"})
    editor.post(f"{AT}/publish", data={"seen": "1", "when": "now"})
    for at in (OUT, PUBLIC, f"{PUBLIC}/updates"):
        assert "<script>alert" not in client.get(at).get_data(as_text=True)
