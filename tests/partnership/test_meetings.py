"""A meeting from its draft to its agenda: nobody's but the editors' until its hour, and everybody's from then on."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.core.clock import UK, now, today
from pbvote.errors import Refusal
from pbvote.partnership.meetings.models import MeetingState
from pbvote.partnership.meetings.reading import meeting_of
from pbvote.partnership.meetings.service import SaidOfMeeting, draft_meeting, keep_back, publish_agenda
from tests.conftest import both_databases
from tests.factories import sign_in, writing
from tests.pages import browser, client_of, text_of
from tests.partnership.keeping import AUDITOR, EDITOR, MEMBER, ORGANISER, PUBLIC, account, sale
from tests.partnership.meeting import KEPT, MEETINGS, a_form, at, boxes, draft, in_days, publish_now, seen_on
from tests.together import together


def test_a_draft_is_nobodys_but_the_editors_until_its_hour(app: Flask, partnership: None) -> None:
    editor, anybody = browser(app, EDITOR), client_of(app)
    number = draft(editor, in_days(9), "Lights on the canal path", "Small pots")
    out_on = in_days(2)

    def shown_to_everybody() -> str:
        return text_of(anybody.get(MEETINGS)) + text_of(anybody.get(PUBLIC))

    def is_hidden() -> bool:
        assert browser(app, MEMBER).get(KEPT + number).status_code == 403
        return anybody.get(MEETINGS + number).status_code == 404 and "Waterside" not in shown_to_everybody()

    assert is_hidden()
    later = {"when": "later", "out_at": "9am"} | boxes(out_on=out_on) | seen_on(editor, KEPT + number)
    assert editor.post(f"{KEPT}{number}/publish", data=later).status_code == 302
    assert "The agenda comes out on" in text_of(editor.get(KEPT + number))
    assert is_hidden()
    with time_machine.travel(at(out_on, 8) + dt.timedelta(minutes=59)):
        assert is_hidden()
    with time_machine.travel(at(out_on, 9)):
        page = text_of(anybody.get(MEETINGS + number))
        assert "7 working days ahead." in page
        assert page.index("Lights on the canal path") < page.index("Small pots")
        assert "Next meeting: " in text_of(anybody.get(PUBLIC))
        assert "Agenda out" in text_of(anybody.get(MEETINGS))
        sign_in(editor, EDITOR)
        assert editor.post(f"{KEPT}{number}/keep-back", data=seen_on(editor, KEPT + number)).status_code == 409


def test_an_agenda_can_be_kept_back_before_its_hour(app: Flask, partnership: None) -> None:
    editor = browser(app, EDITOR)
    number = draft(editor, in_days(9), "Small pots")
    later = {"when": "later", "out_at": "9am"} | boxes(out_on=in_days(2)) | seen_on(editor, KEPT + number)
    editor.post(f"{KEPT}{number}/publish", data=later)
    assert editor.post(f"{KEPT}{number}/keep-back", data=seen_on(editor, KEPT + number)).status_code == 302
    with time_machine.travel(at(in_days(3), 12)):
        assert client_of(app).get(MEETINGS + number).status_code == 404
    assert editor.post(f"{KEPT}{number}/remove").status_code == 302
    assert editor.get(KEPT + number).status_code == 404


@pytest.mark.parametrize(("ahead", "said"), [(5, ", 5 working days ahead."), (2, ", only 2 working days ahead.")])
def test_the_page_says_whether_the_agenda_was_out_in_time(app: Flask, partnership: None, ahead: int, said: str) -> None:
    editor = browser(app, EDITOR)
    number = draft(editor, in_days(ahead), "Small pots")
    publish_now(editor, number)
    assert said in text_of(client_of(app).get(MEETINGS + number))


def test_only_an_agenda_can_be_out(app: Flask, partnership: None) -> None:
    editor = browser(app, EDITOR)
    number = draft(editor, in_days(9))
    refused = editor.post(f"{KEPT}{number}/publish", data={"when": "now", "seen": "1"})
    assert refused.status_code == 409
    assert "This meeting has no item yet." in text_of(refused)
    assert client_of(app).get(MEETINGS + number).status_code == 404


def test_what_does_not_fit_is_said_beside_its_box(app: Flask, partnership: None) -> None:
    editor = browser(app, EDITOR)
    refused = editor.post(f"{KEPT}/new", data=a_form(in_days(9), starts="9pm", ends="7pm", place=""))
    assert refused.status_code == 422
    assert "Enter where" in text_of(refused)
    late = editor.post(f"{KEPT}/new", data=a_form(in_days(9), starts="9pm", ends="7pm"))
    assert "The end must come after the beginning" in text_of(late)
    number = draft(editor, in_days(9), "Small pots")
    past = {"when": "later", "out_at": "00:01", "seen": "1"} | boxes(out_on=today() - dt.timedelta(days=1))
    assert "This hour is over." in text_of(editor.post(f"{KEPT}{number}/publish", data=past))
    none = editor.post(f"{KEPT}{number}/publish", data={"when": "later", "seen": "1"})
    assert "Enter the hour" in text_of(none)
    assert editor.post(f"{KEPT}{number}/items/new", data={"title": ""}).status_code == 422


def test_what_comes_after_the_agenda_was_out_says_so(app: Flask, partnership: None) -> None:
    editor = browser(app, EDITOR)
    number = draft(editor, in_days(9), "Small pots")
    publish_now(editor, number)
    editor.post(f"{KEPT}{number}/items/new", data={"title": "A late thing"})
    page = text_of(client_of(app).get(MEETINGS + number))
    assert page.index("A late thing") < page.index("after the agenda was out.")
    one = editor.get(KEPT + number).get_data(as_text=True).partition("/items/")[2].partition('"')[0]
    assert editor.post(f"{KEPT}{number}/items/{one}/down").status_code == 302
    page = text_of(client_of(app).get(MEETINGS + number))
    assert page.index("A late thing") < page.index("Small pots")


def test_one_that_moves_keeps_its_address_and_one_that_is_off_its_page(app: Flask, partnership: None) -> None:
    editor, anybody = browser(app, EDITOR), client_of(app)
    number = draft(editor, in_days(9), "Small pots")
    other = draft(editor, in_days(9), "Parks", title="Working group", starts="10am", ends="noon")
    for each in (number, other):
        publish_now(editor, each)
    both = text_of(anybody.get(MEETINGS))
    assert both.index("10am to noon") < both.index("Working group") < both.index("7pm to 9pm")
    moved = a_form(in_days(12), starts="6pm") | seen_on(editor, f"{KEPT}{number}/details")
    assert "has moved" in text_of(editor.post(f"{KEPT}{number}/details", data=moved, follow_redirects=True))
    assert "It has moved. It was to be on" in text_of(anybody.get(MEETINGS + number))
    assert editor.post(f"{KEPT}{other}/off", data=seen_on(editor, KEPT + other)).status_code == 422
    off = {"why": "The hall is flooded."} | seen_on(editor, KEPT + other)
    assert editor.post(f"{KEPT}{other}/off", data=off).status_code == 302
    page = text_of(anybody.get(MEETINGS + other))
    assert page.index("This meeting is off.") < page.index("The hall is flooded.")
    assert "Next meeting: " in text_of(anybody.get(PUBLIC))
    assert "Off" in text_of(anybody.get(MEETINGS))
    assert editor.post(f"{KEPT}{other}/details", data=moved).status_code == 409


def test_a_meeting_is_at_its_hour_by_the_clock_in_winter_and_in_summer(app: Flask, partnership: None) -> None:
    editor = browser(app, EDITOR)
    for day in (dt.date(2027, 3, 25), dt.date(2027, 4, 1)):  # the clocks change between them
        number = draft(editor, day, "Small pots")
        with app.app_context():
            meeting = meeting_of(sale(), int(number[1:]))
            assert meeting
            assert meeting.starts_at.astimezone(UK).hour == 19
        assert "7pm to 9pm" in text_of(editor.get(KEPT + number))


def test_while_it_runs_the_partnerships_page_says_now(app: Flask, partnership: None) -> None:
    editor, day = browser(app, EDITOR), in_days(9)
    number = draft(editor, day, "Small pots")
    publish_now(editor, number)
    with time_machine.travel(at(day, 20)):
        assert "Now: Partnership meeting , until 9pm at Sale Waterside" in text_of(client_of(app).get(PUBLIC))
    with time_machine.travel(at(day, 21)):
        assert "Now:" not in text_of(client_of(app).get(PUBLIC))


def test_ten_years_of_meetings_stand_by_year_on_pages(app: Flask, partnership: None) -> None:
    with writing(app):
        for months in range(120):
            begins = at(today() - dt.timedelta(days=30 * (120 - months)), 19)
            said = SaidOfMeeting("Partnership meeting", begins, begins + dt.timedelta(hours=2), "The library", "")
            meeting = draft_meeting(sale(), said, account(EDITOR))
            meeting.state, meeting.published_at = MeetingState.AGENDA, begins - dt.timedelta(days=9)
    newest = text_of(client_of(app).get(MEETINGS))
    assert "Page 2 of 4" in newest
    assert str(today().year - 9) in text_of(client_of(app).get(f"{MEETINGS}?page=4"))
    assert client_of(app).get(f"{MEETINGS}?page=x").status_code == 200
    assert browser(app, EDITOR).get(f"{KEPT}?page=2").status_code == 200


def test_the_second_of_two_editors_reads_what_changed(app: Flask, partnership: None) -> None:
    first, second = browser(app, EDITOR), browser(app, ORGANISER)
    number = draft(first, in_days(9), "Small pots")
    seen = seen_on(second, f"{KEPT}{number}/details")
    first.post(f"{KEPT}{number}/details", data=a_form(in_days(9), place="The library") | seen)
    clash = second.post(f"{KEPT}{number}/details", data=a_form(in_days(9), place="The pub") | seen)
    assert clash.status_code == 409
    assert "The library" in text_of(clash)
    assert browser(app, AUDITOR).get(KEPT + number).status_code == 200
    assert browser(app, AUDITOR).post(f"{KEPT}{number}/remove").status_code == 403
    assert first.get(f"/my/partnership/urmston/meetings{number}").status_code == 404


@both_databases
def test_of_keeping_back_and_publishing_at_once_one_wins(app: Flask, partnership: None) -> None:
    number = int(draft(browser(app, EDITOR), in_days(9), "Small pots")[1:])
    with writing(app):
        meeting = meeting_of(sale(), number)
        assert meeting
        publish_agenda(meeting, now() + dt.timedelta(hours=1), 1, account(EDITOR))
    told: list[str] = []

    def press(is_back: bool) -> None:
        try:
            with writing(app):
                meeting = meeting_of(sale(), number)
                assert meeting
                if is_back:
                    keep_back(meeting, 2, account(EDITOR))
                else:
                    publish_agenda(meeting, None, 2, account(EDITOR))
        except Refusal as refusal:
            told.append(str(refusal))

    together(lambda: press(True), lambda: press(False))
    assert len(told) == 1
