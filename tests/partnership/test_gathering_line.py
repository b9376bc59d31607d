"""The line of a full gathering, and what groups are written."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from icalendar import Calendar

from pbvote.call.groups.models import Group
from pbvote.core.clock import UK, uk_moment
from pbvote.db import db
from pbvote.mail.models import Letter
from pbvote.partnership.gatherings.line import ordinal
from pbvote.partnership.gatherings.models import Gathering, SignUp
from pbvote.partnership.gatherings.signing_up import NoOfferNow, say_yes, sign_up_of
from tests.conftest import both_databases
from tests.factories import writing
from tests.pages import browser, client_of, text_of
from tests.partnership.gathering import (
    GATHERINGS,
    days,
    email_of,
    filled_in,
    gathered,
    in_days,
    letters_to,
    own_page,
    seen_in,
    sign_up,
    standing,
    taken,
)
from tests.partnership.keeping import EDITOR, PUBLIC
from tests.together import together


def remind(app: Flask) -> str:
    """Run the daily command; what it says."""
    return app.test_cli_runner().invoke(args=["remind"]).output


def test_free_places_are_offered_to_the_first_whose_number_fits(app: Flask, groups: None) -> None:
    number = gathered(app, places=5)
    grower = sign_up(app, number, "Growers", 4)
    singer = sign_up(app, number, "Singers", 3, shows_name="yes")
    sign_up(app, number, "Runners", 1)  # there is room for one
    mender = sign_up(app, number, "Menders", 2)
    singers, menders = own_page(app, number, "Singers"), own_page(app, number, "Menders")
    assert "You are 1st in line, for 3 places." in text_of(singer.get(singers))
    assert "You are 2nd in line, for 2 places." in text_of(mender.get(menders))
    page = text_of(client_of(app).get(f"/gatherings/{number}"))
    assert "All are taken. A group can bring up to 5." in page
    assert "2 groups, 5 people" in page
    assert "Singers" not in page
    assert "2 groups wait in the line" in text_of(browser(app, EDITOR).get(f"{GATHERINGS}/{number}"))

    grower.post(f"{own_page(app, number, 'Growers')}/give-back")
    assert standing(app, number)["Singers"] == "offered"
    assert standing(app, number)["Menders"] == "waiting"  # one place is left, and they are two
    assert letters_to(app, email_of("Singers"))[-1] == "3 places for you: Gathering of groups"
    assert "Yes, we come" in text_of(singer.get(singers))
    assert singer.post(f"{singers}/answer", data={"answer": "no"}).status_code == 302
    assert standing(app, number) | {"Runners": "coming"} == {
        "Growers": "given_back",
        "Singers": "given_back",
        "Runners": "coming",
        "Menders": "offered",
    }
    assert mender.post(f"{menders}/answer", data={"answer": "yes"}).status_code == 302
    assert taken(app, number) == 3
    again = mender.post(f"{menders}/answer", data={"answer": "yes"})
    assert again.status_code == 409
    assert "This offer is over" in text_of(again)


def test_an_offer_that_nobody_answers_goes_to_the_next(app: Flask, groups: None) -> None:
    number = gathered(app, places=3)
    sign_up(app, number, "Growers", 3)
    singer = sign_up(app, number, "Singers", 2)
    sign_up(app, number, "Menders", 3)
    browser(app, email_of("Growers")).post(f"{own_page(app, number, 'Growers')}/give-back")
    assert remind(app).startswith("0 reminders")
    with time_machine.travel(dt.datetime.combine(in_days(3), dt.time(9), tzinfo=UK), tick=False):
        assert remind(app).startswith("1 reminder")
        assert remind(app).startswith("0 reminders")
    assert letters_to(app, email_of("Singers"))[-1] == "Today is the last day: Gathering of groups"
    with time_machine.travel(dt.datetime.combine(in_days(4), dt.time(9), tzinfo=UK), tick=False):
        late = browser(app, email_of("Singers")).post(
            f"{own_page(app, number, 'Singers')}/answer", data={"answer": "yes"}
        )
        assert late.status_code == 409
        assert remind(app).startswith("2 reminders")
    assert standing(app, number) == {"Growers": "given_back", "Singers": "given_back", "Menders": "offered"}
    assert letters_to(app, email_of("Singers"))[-1] == "The places went on: Gathering of groups"
    assert taken(app, number) == 3
    assert singer.get(own_page(app, number, "Singers")).status_code == 200


@both_databases
def test_of_a_yes_and_a_reminder_at_once_the_places_are_held_once(app: Flask, groups: None) -> None:
    number = gathered(app, places=2)
    grower = sign_up(app, number, "Growers", 2)
    singer, page = sign_up(app, number, "Singers", 2), own_page(app, number, "Singers")
    together(
        lambda: grower.post(f"{own_page(app, number, 'Growers')}/give-back"),
        lambda: sign_up(app, number, "Menders", 2),
    )
    assert standing(app, number) == {"Growers": "given_back", "Singers": "offered", "Menders": "waiting"}
    together(lambda: singer.post(f"{page}/answer", data={"answer": "no"}), lambda: singer.post(f"{page}/give-back"))
    assert standing(app, number) == {"Growers": "given_back", "Singers": "given_back", "Menders": "offered"}
    assert taken(app, number) == 2


def test_more_places_go_to_the_line_and_nobody_says_yes_too_late(app: Flask, groups: None) -> None:
    number = gathered(app, places=4)
    sign_up(app, number, "Growers", 4)
    sign_up(app, number, "Singers", 2)
    editor, change = browser(app, EDITOR), f"{GATHERINGS}/{number}/change"
    seen = seen_in(editor.get(change).get_data(as_text=True))
    editor.post(change, data=filled_in(places="6", venue="Sale Waterside", seen=seen))
    assert standing(app, number)["Singers"] == "offered"
    with writing(app):
        gathering = db.session.get_one(Gathering, number)
        own = sign_up_of(gathering, db.session.scalars(sa.select(Group).where(Group.name == "Singers")).one())
        assert own
        own.offered_until = in_days(-1)
        db.session.flush()
        with pytest.raises(NoOfferNow):
            say_yes(gathering, own)


def test_a_gathering_that_moves_or_is_off_writes_to_everybody_and_moves_calendars(app: Flask, groups: None) -> None:
    number = gathered(app, places=4)
    sign_up(app, number, "Growers", 4)
    sign_up(app, number, "Singers", 2)
    anyone, editor = client_of(app), browser(app, EDITOR)

    def entry() -> dict[str, str]:
        calendar = Calendar.from_ical(anyone.get(f"/gatherings/{number}/calendar.ics").data)
        (event,) = calendar.walk("VEVENT")
        return {name: str(event.decoded(name)) for name in ("uid", "sequence", "status", "dtstart")}

    before = entry()
    change = f"{GATHERINGS}/{number}/change"
    seen = seen_in(editor.get(change).get_data(as_text=True))
    title = {"title": "Gathering of groups", "purpose": "Meet.", "venue": "Sale Waterside", "places": "4"}
    same = filled_in(**title, most_a_group="4", begins="6:30pm", seen=seen)
    editor.post(change, data=same)
    assert letters_to(app, email_of("Growers")) == ["You are coming: Gathering of groups"]
    moved = same | {"seen": str(int(seen) + 1), "begins": "19:00"}
    assert "We write to everybody" in text_of(editor.post(change, data=moved, follow_redirects=True))
    for name in ("Growers", "Singers"):
        assert letters_to(app, email_of(name))[-1] == "Moved: Gathering of groups"
    after = entry()
    assert (after["uid"], int(before["sequence"]), int(after["sequence"])) == (before["uid"], 0, 1)
    assert after["dtstart"][11:16] == "19:00"

    off = editor.post(f"{GATHERINGS}/{number}/off", data={"reason": ""})
    assert "Say why it does not take place" in text_of(off)
    editor.post(f"{GATHERINGS}/{number}/off", data={"reason": "The hall is under water."})
    for name in ("Growers", "Singers"):
        assert letters_to(app, email_of(name))[-1] == "Off: Gathering of groups"
    assert "The hall is under water." in text_of(anyone.get(f"/gatherings/{number}"))
    assert "It does not take place." in text_of(anyone.get(PUBLIC))
    assert (entry()["status"], entry()["sequence"]) == ("CANCELLED", "2")
    late = browser(app, email_of("Menders")).post(own_page(app, number, "Menders"), data={"people": "1"})
    assert "This gathering does not take place." in text_of(late)


def test_a_feed_is_right_in_winter_and_in_summer(app: Flask, groups: None) -> None:
    with time_machine.travel(dt.datetime(2026, 1, 2, 12, tzinfo=UK), tick=False):
        for day in (dt.date(2026, 1, 20), dt.date(2026, 7, 20)):
            gathered(app, starts_on=day)
        answer = client_of(app).get(f"{PUBLIC}/gatherings.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    starts = [event.decoded("dtstart") for event in Calendar.from_ical(answer.data).walk("VEVENT")]
    assert [start.astimezone(dt.UTC).hour for start in starts] == [18, 17]
    assert starts[1] == uk_moment(dt.date(2026, 7, 20), dt.time(18, 30))
    assert client_of(app).get("/localities/urmston/gatherings.ics").data.count(b"VEVENT") == 0


def test_a_place_in_line_is_said_as_people_say_it() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 22, 113)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "22nd",
        "113th",
    ]


def test_a_gathering_that_has_begun_is_changed_at_the_door_alone(app: Flask, groups: None) -> None:
    number = gathered(app, places=4)
    grower = sign_up(app, number, "Growers", 2)
    with time_machine.travel(uk_moment(in_days(10), dt.time(19)), tick=False):
        grower = browser(app, email_of("Growers"))
        page = own_page(app, number, "Growers")
        assert "Speak to somebody at the door" in text_of(grower.post(page, data={"people": "3"}))
        assert grower.post(f"{page}/give-back").status_code == 409
        assert "It has begun." in text_of(client_of(app).get(f"/gatherings/{number}"))
    with app.app_context():
        assert db.session.scalars(sa.select(SignUp.people)).one() == 2


def test_a_gathering_that_comes_nearer_brings_the_last_day_to_answer_along(app: Flask, groups: None) -> None:
    number = gathered(app, places=5)
    grower, singer = sign_up(app, number, "Growers", 4), sign_up(app, number, "Singers", 3)
    grower.post(f"{own_page(app, number, 'Growers')}/give-back")
    until = f"{in_days(3).day} {in_days(3):%B}"
    assert until in text_of(singer.get(own_page(app, number, "Singers")))
    editor, change = browser(app, EDITOR), f"{GATHERINGS}/{number}/change"
    nearer = filled_in(places="5", most_a_group="5", seen=seen_in(editor.get(change).get_data(as_text=True)))
    moved = editor.post(change, data=nearer | days(day=in_days(2), sign_up_until=in_days(1)))
    assert moved.status_code == 302
    eve = f"{in_days(1).day} {in_days(1):%B}"
    page = text_of(singer.get(own_page(app, number, "Singers")))
    assert eve in page
    assert until not in page
    with app.app_context():
        letter = db.session.scalars(sa.select(Letter).where(Letter.recipient == email_of("Singers"))).all()[-1]
        assert letter.subject.startswith("Moved: ")
        assert "We hold 3 places for you. Please say yes or no by" in letter.body
        assert eve in letter.body
