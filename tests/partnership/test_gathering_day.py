"""A gathering's day: cards, lists, who came, and what is deleted afterwards."""

import datetime as dt
from pathlib import Path

import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import today, uk_moment
from pbvote.db import db
from pbvote.partnership.gatherings.models import Gathering, SignUp
from pbvote.partnership.gatherings.service import publish_gathering
from tests import paper
from tests.factories import writing
from tests.pages import browser, client_of, text_of
from tests.partnership.gathering import GATHERINGS, a_gathering, gathered, in_days, sign_up, some_groups
from tests.partnership.keeping import AUDITOR, EDITOR, ORGANISER


def words_of(pdf: bytes, folder: Path) -> str:
    """What a PDF says."""
    return " ".join(paper.text_of(page) for page in paper.words_on(pdf, folder))


def test_the_day_from_the_cards_to_who_came(app: Flask, partnership: None, tmp_path: Path) -> None:
    some_groups(app)
    number = gathered(app, places=8)
    said = {"gives": "A gazebo", "needs": "venue", "needs_words": "On Mondays", "access_needs": "A ramp"}
    sign_up(app, number, "Growers", 4, **said)
    sign_up(app, number, "Singers", 4)
    sign_up(app, number, "Menders", 2)
    editor, at = browser(app, EDITOR), f"{GATHERINGS}/{number}"
    early = editor.get(f"{at}/day")
    assert early.status_code == 409
    assert "Who came is noted from" in text_of(early)
    cards = words_of(editor.get(f"{at}/table-cards.pdf").data, tmp_path)
    for words in ("Growers", "We can give", "A gazebo", "A venue: On Mondays", "Singers"):
        assert words in cards
    assert "Menders" not in cards
    assert "ramp" not in cards
    assert "2 groups, 8 of 8 places" in words_of(editor.get(f"{at}/door-list.pdf").data, tmp_path)
    assert "A ramp" in editor.get(f"{at}/sign-ups.csv").get_data(as_text=True)
    assert "A ramp" not in browser(app, AUDITOR).get(f"{at}/sign-ups.csv").get_data(as_text=True)

    with time_machine.travel(uk_moment(in_days(10), dt.time(18, 40)), tick=False):
        editor = browser(app, EDITOR)
        assert "4 expected" in text_of(editor.get(f"{at}/day"))
        with app.app_context():
            ids = list(db.session.scalars(sa.select(SignUp.id).order_by(SignUp.id)))
        for id_, came in zip(ids, ("3", "0", "2"), strict=True):
            assert editor.post(f"{at}/day/{id_}", data={"came": came}).status_code == 302
        assert "Enter how many people came" in text_of(editor.post(f"{at}/day/{ids[0]}", data={"came": "many"}))
        assert editor.post(f"{at}/day/{ids[-1] + 9}", data={"came": "1"}).status_code == 404
        refused = editor.post(f"{at}/day/walk-in", data={"name": "", "came": "2"})
        assert refused.status_code == 422
        editor.post(f"{at}/day/walk-in", data={"name": "Knitters", "came": "2"})
        assert "7 people are here. 4 of 4 groups are noted." in text_of(editor.get(f"{at}/day"))
    with time_machine.travel(uk_moment(in_days(11), dt.time(9)), tick=False):
        page = text_of(client_of(app).get(f"/gatherings/{number}"))
        assert "3 groups came, with 7 people." in page
        assert "Knitters" not in page
        app.test_cli_runner().invoke(args=["tidy"])
        assert "A ramp" in browser(app, EDITOR).get(f"{at}/sign-ups.csv").get_data(as_text=True)
    with time_machine.travel(uk_moment(in_days(19), dt.time(9)), tick=False):
        app.test_cli_runner().invoke(args=["tidy"])
        assert "A ramp" not in browser(app, EDITOR).get(f"{at}/sign-ups.csv").get_data(as_text=True)
    with time_machine.travel(uk_moment(in_days(400), dt.time(9)), tick=False):
        app.test_cli_runner().invoke(args=["tidy"])
    with app.app_context():
        assert set(db.session.scalars(sa.select(SignUp.signed_by_id))) == {None}


def on_both_lists(app: Flask, task: str) -> bool:
    """Whether organisers and the partnership’s editors are told to do this today; both or neither are."""
    told = {task in text_of(browser(app, who).get(at)) for who, at in ((ORGANISER, "/desk/"), (EDITOR, "/my/today"))}
    assert len(told) == 1, task
    return told.pop()


def noon_in(days: int) -> dt.datetime:
    """Noon so many days from now: in the evening a gathering is over."""
    return uk_moment(today() + dt.timedelta(days=days), dt.time(12))


def test_todays_lists_say_what_a_gathering_waits_for(app: Flask, partnership: None) -> None:
    some_groups(app)
    with writing(app):
        number = a_gathering(is_published=False).id
    assert on_both_lists(app, "Publish Gathering of groups")
    with writing(app):
        publish_gathering(db.session.get_one(Gathering, number))
    assert not on_both_lists(app, "Gathering of groups")
    sign_up(app, number, "Growers", 4)
    tasks = (
        "Get ready for Gathering of groups",
        "Gathering of groups is today",
        "Note who came to Gathering of groups",
    )
    for days_on, task in zip((5, 10, 12), tasks, strict=True):
        with time_machine.travel(noon_in(days_on), tick=False):
            assert on_both_lists(app, task)
    with time_machine.travel(noon_in(12), tick=False):
        with writing(app):
            db.session.execute(sa.update(SignUp).values(came=3))
        assert not on_both_lists(app, "Note who came")
