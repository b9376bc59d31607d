"""Gatherings: planned by editors, read by everybody, signed up for by groups."""

import datetime as dt

from flask import Flask

from pbvote.core.clock import uk_moment
from pbvote.db import db
from pbvote.partnership.gatherings.models import Gathering
from tests.conftest import both_databases
from tests.factories import writing
from tests.pages import browser, client_of, text_of
from tests.partnership.gathering import (
    GATHERINGS,
    GROUPS,
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
from tests.partnership.keeping import ABROAD, AUDITOR, EDITOR, MEMBER, ORGANISER, PUBLIC
from tests.together import together


def test_a_gathering_from_its_draft_to_who_comes(app: Flask, groups: None) -> None:
    editor, anyone = browser(app, EDITOR), client_of(app)
    made = editor.post(f"{GATHERINGS}/new", data=filled_in())
    number = int(made.headers["Location"].rpartition("/")[2])
    address = f"/gatherings/{number}"
    assert anyone.get(address).status_code == 404
    assert "Association" not in text_of(anyone.get(PUBLIC))
    assert b"Association" not in anyone.get(f"{PUBLIC}/gatherings.ics").data
    assert anyone.get(f"{address}/calendar.ics").status_code == 404
    assert browser(app, email_of("Growers")).get(f"/my{address}").status_code == 404
    assert editor.post(f"{GATHERINGS}/{number}/publish").status_code == 302
    page = text_of(anyone.get(address))
    assert "10 places. 10 are still free. A group can bring up to 6." in page
    assert "6:30pm to 8:30pm" in page
    assert "Next gathering Association of associations" in text_of(anyone.get(PUBLIC))

    said = {"gives": "A gazebo", "needs": "venue", "needs_words": "On Mondays", "access_needs": "A ramp"}
    grower = sign_up(app, number, "Growers", 4, shows_name="yes", **said)
    sign_up(app, number, "Singers", 2)
    page = text_of(anyone.get(address))
    assert "4 are still free" in page
    assert "2 groups, 6 people, among them: Growers" in page
    assert "Singers" not in page + text_of(anyone.get(PUBLIC))
    assert "ramp" not in page
    desk = text_of(editor.get(f"{GATHERINGS}/{number}"))
    assert "6 of 10 places are taken, by 2 groups." in desk
    assert "A venue: On Mondays" in desk
    assert "A ramp" in desk
    assert "A ramp" not in text_of(browser(app, AUDITOR).get(f"{GATHERINGS}/{number}"))
    assert letters_to(app, email_of("Growers")) == ["You are coming: Association of associations"]

    mine = own_page(app, number, "Growers")
    assert "You are coming. You have 4 places." in text_of(grower.get(mine))
    assert "Coming 4 places" in text_of(grower.get("/my/gatherings/"))
    grower.post(mine, data={"people": "5"})
    assert taken(app, number) == 7
    refused = grower.post(mine, data={"people": "7"})
    assert "The number of people must be 6 or less" in text_of(refused)
    grower.post(f"{mine}/give-back")
    assert taken(app, number) == 2
    assert "Given back" in text_of(grower.get("/my/gatherings/"))


def test_what_does_not_fit_is_said_beside_its_box(app: Flask, groups: None) -> None:
    editor = browser(app, EDITOR)
    for wrong, sentence in (
        ({"ends": "6pm"}, "It must end after it begins"),
        (days(sign_up_until=in_days(11)), "The last day to sign up must not come after the day itself"),
        ({"most_a_group": "11"}, "One group can’t bring more people than there are places"),
        ({"purpose": "Ring 0161 496 0123"}, "Leave out telephone numbers"),
        ({"places": "0"}, "Places must be 1 or more"),
        ({"others": "99"}, "Choose one of the answers listed"),
    ):
        refused = editor.post(f"{GATHERINGS}/new", data=filled_in(**wrong))
        assert (refused.status_code, sentence in text_of(refused)) == (422, True), sentence
    number = gathered(app)
    contact = browser(app, email_of("Growers"))
    refused = contact.post(own_page(app, number, "Growers"), data={"people": "1", "gives": "me@home.example"})
    assert "Leave out telephone numbers" in text_of(refused)
    assert contact.post(own_page(app, number, "Singers"), data={"people": "1"}).status_code == 404


def test_who_may_keep_it(app: Flask, groups: None) -> None:
    number = gathered(app)
    for email, status in ((MEMBER, 403), (ABROAD, 404), (AUDITOR, 200), (ORGANISER, 200)):
        assert browser(app, email).get(f"{GATHERINGS}/{number}").status_code == status
    assert browser(app, ORGANISER).get(f"/my/partnership/urmston/gatherings/{number}").status_code == 404


def test_after_the_last_day_nobody_signs_up_and_places_still_come_back(app: Flask, groups: None) -> None:
    number = gathered(app)
    singer = sign_up(app, number, "Singers", 3)
    with writing(app):
        db.session.get_one(Gathering, number).sign_up_until = in_days(-1)
    late = browser(app, email_of("Growers")).post(own_page(app, number, "Growers"), data={"people": "1"})
    assert late.status_code == 409
    assert "The last day to sign up was" in text_of(late)
    assert "The last day to sign up is over" in text_of(client_of(app).get(f"/gatherings/{number}"))
    singer.post(f"{own_page(app, number, 'Singers')}/give-back")
    assert taken(app, number) == 0


def test_of_two_editors_the_second_reads_what_changed_and_places_stay_enough(app: Flask, groups: None) -> None:
    number = gathered(app)
    sign_up(app, number, "Growers", 5)
    first, second = browser(app, EDITOR), browser(app, ORGANISER)
    change = f"{GATHERINGS}/{number}/change"
    seen = seen_in(first.get(change).get_data(as_text=True))
    fewer = first.post(change, data=filled_in(places="4", most_a_group="4", seen=seen))
    assert "5 places are taken. Enter 5 or more" in text_of(fewer)
    assert first.post(change, data=filled_in(venue="Sale Library", seen=seen)).status_code == 302
    clash = second.post(change, data=filled_in(venue="Town Hall", seen=seen))
    assert clash.status_code == 409
    assert "Where? It says now Sale Library You typed Town Hall" in text_of(clash)


@both_databases
def test_of_two_that_want_the_last_places_one_waits(app: Flask, groups: None) -> None:
    number = gathered(app, places=5)
    together(*(lambda name=name: sign_up(app, number, name, 3) for name in GROUPS[:2]))
    assert sorted(standing(app, number).values()) == ["coming", "waiting"]
    assert taken(app, number) == 3


def test_an_evening_on_which_the_clocks_change_keeps_its_hours(app: Flask, groups: None) -> None:
    clocks_go_back = dt.date(2027, 10, 31)
    wanted = filled_in(begins="00:30", ends="01:30") | days(day=clocks_go_back, sign_up_until=in_days(8))
    made = browser(app, EDITOR).post(f"{GATHERINGS}/new", data=wanted)
    with app.app_context():
        gathering = db.session.get_one(Gathering, int(made.headers["Location"].rpartition("/")[2]))
        assert gathering.starts_at == uk_moment(clocks_go_back, dt.time(0, 30))
        assert gathering.ends_at - gathering.starts_at == dt.timedelta(hours=1)
