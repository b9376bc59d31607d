"""What tests of meetings press and read."""

import datetime as dt
import re

from pbvote.core.clock import UK, today
from pbvote.core.working_days import working_days_after
from tests.checked_client import CheckedClient
from tests.pages import client_of
from tests.partnership.keeping import KEEP, PUBLIC

MEETINGS, KEPT = f"{PUBLIC}/meetings", f"{KEEP}/meetings"


def boxes(**named: dt.date) -> dict[str, str]:
    """Days as their boxes send them."""
    return {
        f"{name}-{part}": str(getattr(day, part)) for name, day in named.items() for part in ("day", "month", "year")
    }


def a_form(day: dt.date, **others: str) -> dict[str, str]:
    """What the form of a meeting on this day sends: 7pm to 9pm in the hall."""
    said = {"title": "Partnership meeting", "starts": "7pm", "ends": "9pm", "place": "Sale Waterside", "access": ""}
    return said | boxes(held_on=day) | others


def in_days(number: int) -> dt.date:
    """The day that is so many working days from today."""
    return working_days_after(today(), number)


def number_in(address: str) -> int:
    """The last number of an address."""
    return int(re.findall(r"/(\d+)", address)[-1])


def seen_on(editor: CheckedClient, address: str) -> dict[str, str]:
    """What a page's form says of the version that it showed."""
    page = editor.get(address).get_data(as_text=True)
    found = re.search(r'name="seen"[^>]*value="(\d+)"', page)
    return {"seen": found[1] if found else ""}


def draft(editor: CheckedClient, day: dt.date, *items: str, **others: str) -> str:
    """Draft a meeting with these items; its address without what stands before `/meetings`."""
    made = editor.post(f"{KEPT}/new", data=a_form(day, **others))
    assert made.status_code == 302, made.get_data(as_text=True)
    place = f"{KEPT}/{number_in(made.headers['Location'])}"
    for title in items:
        assert editor.post(f"{place}/items/new", data={"title": title}).status_code == 302
    return f"/{number_in(place)}"


def publish_now(editor: CheckedClient, number: str) -> None:
    """Let everybody read the agenda."""
    said = {"when": "now"} | seen_on(editor, KEPT + number)
    assert editor.post(f"{KEPT}{number}/publish", data=said).status_code == 302


def at(day: dt.date, hour: int) -> dt.datetime:
    """An hour of a day, by the clocks of the United Kingdom."""
    return dt.datetime.combine(day, dt.time(hour), tzinfo=UK)


def ask_page(editor: CheckedClient) -> tuple[str, str]:
    """A meeting whose agenda is out: its number, and where to ask about its item."""
    number = draft(editor, in_days(9), "Lights on the canal path")
    publish_now(editor, number)
    page = client_of(editor.application).get(MEETINGS + number).get_data(as_text=True)
    return number, re.findall(r'href="([^"]+/ask)"', page)[0]


def question_page(editor: CheckedClient, number: str) -> str:
    """Where an editor reads the newest question."""
    page = editor.get(f"{KEEP}/meetings{number}").get_data(as_text=True)
    return str(re.findall(rf'href="({KEEP}/questions/\d+)"', page)[-1])
