"""Meetings in calendars and feed readers: right in winter and in summer, with ids that stay, and nothing of a draft."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
import time_machine
from flask import Flask
from icalendar import Calendar

from tests.checked_client import CheckedClient
from tests.factories import sign_in
from tests.pages import browser, client_of
from tests.partnership.keeping import EDITOR, PUBLIC
from tests.partnership.meeting import KEPT, MEETINGS, a_form, at, draft, publish_now, seen_on


def entries(anybody: CheckedClient, address: str = f"{PUBLIC}/meetings.ics") -> dict[str, Any]:
    """A calendar's entries by their ids."""
    answer = anybody.get(address)
    assert answer.content_type == "text/calendar; charset=utf-8"
    return {str(entry["uid"]): entry for entry in Calendar.from_ical(answer.get_data()).walk("VEVENT")}


def news(anybody: CheckedClient) -> dict[str, str]:
    """A feed's entries: the title by the id's end."""
    answer = anybody.get(f"{PUBLIC}/meetings.atom")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.get_data())
    assert not read.bozo
    return {entry.id.partition("/meetings")[2]: entry.title for entry in read.entries}


@pytest.mark.parametrize(("day", "offset"), [(dt.date(2027, 1, 14), 0), (dt.date(2027, 7, 8), 1)])
def test_a_meeting_is_at_its_hour_in_winter_and_in_summer_wherever_it_moves(
    app: Flask, partnership: None, day: dt.date, offset: int
) -> None:
    anybody = client_of(app)
    with time_machine.travel(at(day - dt.timedelta(days=20), 12)):
        editor = browser(app, EDITOR)
        number = draft(editor, day, "Lights; and ‘paths’ <b>")
        assert entries(anybody) == {}
        assert news(anybody) == {}
        assert anybody.get(f"{MEETINGS}{number}.ics").status_code == 404
        publish_now(editor, number)
        uid = f"meeting-{number[1:]}@{urlsplit(app.config['BASE_URL']).hostname}"
        before = entries(anybody)[uid]
        assert before["dtstart"].dt.astimezone(dt.UTC).hour == 19 - offset
        assert before["dtstart"].dt.hour == 19
        assert before["sequence"] == 0
        assert news(anybody) == {
            f"{number}#agenda": f"Agenda: Partnership meeting, {day:%A} {day.day} {day:%B %Y}, 7pm to 9pm"
        }
        moved = a_form(day + dt.timedelta(days=1), starts="6pm") | seen_on(editor, f"{KEPT}{number}/details")
        editor.post(f"{KEPT}{number}/details", data=moved)
        after = entries(anybody, f"{MEETINGS}{number}.ics")[uid]
        assert (after["sequence"], after["dtstart"].dt.hour) == (1, 18)
        assert "6pm" in news(anybody)[f"{number}#agenda"]
        sign_in(editor, EDITOR)
        editor.post(f"{KEPT}{number}/off", data={"why": "The hall is flooded."} | seen_on(editor, KEPT + number))
        off = entries(anybody)[uid]
        assert (off["sequence"], off["status"]) == (2, "CANCELLED")
        assert set(news(anybody)) == {f"{number}#agenda", f"{number}#off"}
