"""A meeting is written up item by item, ended, agreed, and met again."""

import datetime as dt
import re

import pytest
import time_machine
from flask import Flask

from pbvote.core.clock import today
from pbvote.partnership.meetings.holding import month_later
from tests.checked_client import CheckedClient
from tests.factories import sign_in
from tests.pages import browser, client_of, text_of
from tests.partnership.keeping import ABROAD, EDITOR, KEEP, MEMBER, PUBLIC, id_of
from tests.partnership.meeting import KEPT, MEETINGS, at, boxes, draft, in_days, publish_now, seen_on


def hold_address(editor: CheckedClient, number: str) -> str:
    """Where the first item is written up."""
    page = editor.get(KEPT + number).get_data(as_text=True)
    return str(re.findall(rf'href="({KEPT}{number}/hold/\d+)"', page)[0])


def version_on(editor: CheckedClient, address: str) -> dict[str, str]:
    """What the page's form says of the item that it showed."""
    page = editor.get(address).get_data(as_text=True)
    return {"version": re.findall(r'name="version"[^>]*value="(\d+)"', page)[0]}


def press(editor: CheckedClient, number: str, what: str) -> int:
    """Press a button of the meeting's page; its answer's status."""
    return editor.post(f"{KEPT}{number}/{what}", data=seen_on(editor, KEPT + number)).status_code


def test_a_meeting_is_written_up_agreed_and_its_actions_are_looked_at(app: Flask, partnership: None) -> None:
    editor, anybody, day = browser(app, EDITOR), client_of(app), in_days(9)
    number = draft(editor, day, "Lights on the path", "What residents ask")
    publish_now(editor, number)
    item = re.findall(r"/items/(\d+)", editor.get(KEPT + number).get_data(as_text=True))[0]
    assert editor.get(f"{KEPT}{number}/hold/{item}").status_code == 409  # it has not begun
    assert press(editor, number, "end") == 409
    with time_machine.travel(at(day, 20)):
        sign_in(editor, EDITOR)
        hold = hold_address(editor, number)
        typed = {"decided": "Lamps by the bri"} | version_on(editor, hold)
        kept = editor.post(f"{hold}/keep", data=typed)
        assert kept.get_json() == {"version": 2}
        assert editor.post(f"{hold}/keep", data=typed | {"decided": "Another"}).status_code == 409
        assert "Lamps by the bri" in text_of(editor.get(hold))
        nobody = editor.post(hold, data={"decided": "Lamps.", "what": "Ask for a price", "version": "2"})
        assert nobody.status_code == 422
        assert "Say who leads: a member, or an organisation" in text_of(nobody)
        action = {"what": "Ask for a price", "lead_member": str(id_of(app, "Nia"))} | boxes(due_on=in_days(30))
        action["priority"] = re.findall(
            r'value="(\d+)"[^>]*>A lively town centre', editor.get(hold).get_data(as_text=True)
        )[0]
        saved = editor.post(hold, data={"decided": "Lamps by the bridge."} | action | version_on(editor, hold))
        assert saved.headers["Location"] == hold  # room for another
        assert "Ask for a price" in text_of(editor.get(hold))
        on = editor.post(hold, data={"decided": "Lamps by the bridge."} | version_on(editor, hold))
        assert on.headers["Location"] != hold
        assert "That was the last item." in text_of(
            editor.post(on.headers["Location"], data=version_on(editor, on.headers["Location"]), follow_redirects=True)
        )
        assert press(editor, number, "end") == 302
        assert browser(app, MEMBER).get(f"{KEPT}{number}/minutes").status_code == 404
        assert press(editor, number, "show-minutes") == 302
        member = browser(app, MEMBER)
        assert "Lamps by the bridge." in text_of(member.get(f"{KEPT}{number}/minutes"))
        assert "Read the minutes in draft" in text_of(member.get(KEEP))
        assert browser(app, ABROAD).get(f"{KEPT}{number}/minutes").status_code == 404
        for page in (MEETINGS + number, PUBLIC, f"{PUBLIC}/actions"):
            words = text_of(anybody.get(page))
            assert "Lamps by the bridge." not in words
            assert "Ask for a price" not in words
        assert press(editor, number, "agree-minutes") == 302
        page = text_of(anybody.get(MEETINGS + number))
        assert (
            page.index("Lamps by the bridge.")
            < page.index("Ask for a price")
            < page.index("Nia (Community Ambassador), Trafford Council")
        )
        assert "From the meeting of" in text_of(anybody.get(PUBLIC))
        assert "Serves: A lively town centre." in text_of(editor.get(f"{KEEP}/actions"))
        fixed = editor.post(hold, data={"decided": "Something else"} | typed)
        assert fixed.status_code == 409
        look_at(app, editor, anybody)


def look_at(app: Flask, editor: CheckedClient, anybody: CheckedClient) -> None:
    """Look at the action again: stuck, with a reason; then done."""
    one = re.findall(rf'href="({KEEP}/actions/\d+)"', editor.get(f"{KEEP}/actions").get_data(as_text=True))[0]
    said = {"what": "Ask for a price", "lead_member": str(id_of(app, "Nia"))} | boxes(due_on=in_days(30))
    stuck = said | {"state": "stuck"} | seen_on(editor, one)
    assert "Say why it is stuck" in text_of(editor.post(one, data=stuck))
    assert editor.post(one, data=stuck | {"why": "Nobody answers."}).status_code == 302
    assert "Stuck Nobody answers." in text_of(anybody.get(f"{PUBLIC}/actions"))
    clash = editor.post(one, data=stuck | {"why": "Other."})
    assert clash.status_code == 409
    done = said | {"state": "done", "why": "£900."} | seen_on(editor, one)
    assert editor.post(one, data=done).status_code == 302
    assert "Ask for a price" not in text_of(anybody.get(PUBLIC))
    assert "Done £900." in text_of(anybody.get(f"{PUBLIC}/actions"))


def test_same_again_takes_items_and_open_questions_along(app: Flask, partnership: None) -> None:
    editor, resident = browser(app, EDITOR), client_of(app)
    number = draft(editor, in_days(9), "Lights on the path")
    publish_now(editor, number)
    item = re.findall(r"/items/(\d+)/ask", resident.get(MEETINGS + number).get_data(as_text=True))[0]
    resident.post(f"{MEETINGS}{number}/items/{item}/ask", data={"words": "Who pays?"})
    question = re.findall(rf"({KEEP}/questions/\d+)", editor.get(KEPT + number).get_data(as_text=True))[0]
    editor.post(f"{question}/show", data=seen_on(editor, question))
    form = editor.get(f"{KEPT}{number}/again").get_data(as_text=True)
    values = dict(re.findall(r'name="(held_on-\w+)"[^>]*value="(\d+)"', form))
    following = month_later(in_days(9))
    assert values == boxes(held_on=following)
    said = {"title": "Partnership meeting", "starts": "19:00", "ends": "21:00", "place": "The library", "access": ""}
    made = editor.post(f"{KEPT}{number}/again", data=said | values)
    page = text_of(editor.get(made.headers["Location"]))
    assert "Draft" in page
    assert page.index("Lights on the path") < page.index("Who pays?")
    assert "It goes on to the next meeting." in text_of(resident.get(MEETINGS + number))
    following_page = made.headers["Location"].replace(KEEP, PUBLIC)
    assert resident.get(following_page).status_code == 404
    publish_now(editor, made.headers["Location"].removeprefix(KEPT))
    assert "Who pays? It has no answer yet." in text_of(resident.get(following_page))
    with time_machine.travel(at(in_days(9), 22)):
        assert "Over" in text_of(resident.get(MEETINGS))
        assert "The meeting is over. Its minutes are here once" in text_of(resident.get(MEETINGS + number))


def test_an_action_may_come_from_no_meeting_and_outlives_its_lead(app: Flask, partnership: None) -> None:
    editor, anybody, nia = browser(app, EDITOR), client_of(app), id_of(app, "Nia")
    said = {"what": "Mend the gate", "state": "open", "lead_member": str(nia)}
    assert editor.post(f"{KEEP}/actions/new", data=said).status_code == 422
    assert editor.post(f"{KEEP}/actions/new", data=said | boxes(due_on=today())).status_code == 302
    assert "Nia (Community Ambassador), Trafford Council" in text_of(anybody.get(f"{PUBLIC}/actions"))
    editor.post(f"{KEEP}/members/{nia}/remove")
    page = text_of(anybody.get(f"{PUBLIC}/actions"))
    assert "Trafford Council, by" in page
    assert "Nia" not in page
    one = re.findall(rf'href="({KEEP}/actions/\d+)"', editor.get(f"{KEEP}/actions").get_data(as_text=True))[0]
    assert editor.post(f"{one}/remove").status_code == 302
    assert "Mend the gate" not in text_of(anybody.get(f"{PUBLIC}/actions"))


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (dt.date(2026, 3, 12), dt.date(2026, 4, 9)),  # second Thursdays
        (dt.date(2026, 4, 30), dt.date(2026, 5, 28)),  # a fifth Thursday, and the last
        (dt.date(2026, 12, 31), dt.date(2027, 1, 28)),
        (dt.date(2027, 1, 28), dt.date(2027, 2, 25)),
    ],
)
def test_a_month_later_is_the_same_weekday(day: dt.date, later: dt.date) -> None:
    assert month_later(day) == later
