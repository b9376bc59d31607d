"""What tests of engagement plans and consultations press and read."""

import datetime as dt
import re

from werkzeug.test import TestResponse

from pbvote.core.clock import today
from tests.checked_client import CheckedClient
from tests.pages import fields_of
from tests.partnership.keeping import KEEP
from tests.partnership.meeting import boxes, number_in, seen_on

KEPT = f"{KEEP}/consultations"
OFFICER = "Grace Oyelaran, parks officer"


def a_consultation(closes_in: int = 14, **others: str) -> dict[str, str]:
    """What the form of a consultation sends that opens today."""
    asked = {"question_1": "What do you like best here?", "question_2": "What would you change?", "question_3": ""}
    said = {"title": "The green behind the library", "why": "There is money for benches.", "officer": OFFICER}
    days = boxes(opens_on=today(), closes_on=today() + dt.timedelta(days=closes_in))
    return asked | said | days | others


def ask(editor: CheckedClient, closes_in: int = 14, **others: str) -> str:
    """Draft and publish a consultation; where editors keep it."""
    made = editor.post(f"{KEPT}/new", data=a_consultation(closes_in, **others))
    assert made.status_code == 302, made.get_data(as_text=True)
    place = f"{KEPT}/{number_in(made.headers['Location'])}"
    assert editor.post(f"{place}/publish", data=seen_on(editor, place)).status_code == 302
    return place


def short_address(editor: CheckedClient, place: str) -> str:
    """Where the poster of a consultation leads."""
    return str(re.findall(r'href="(/c/\w+)"', editor.get(place).get_data(as_text=True))[0])


def say(resident: CheckedClient, address: str, likes: str = "", changes: str = "", **others: str) -> TestResponse:
    """Open the page, type and send."""
    hidden = fields_of(resident.get(address).get_data(as_text=True).replace('id="key" ', ""))
    return resident.post(address, data=hidden | {"answer_1": likes, "answer_2": changes} | others)


def sort_page(editor: CheckedClient, place: str, which: str = "all") -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What a page of answers sends when nothing is pressed, and each text with the end of its boxes' names."""
    page = editor.get(f"{place}/answers?which={which}").get_data(as_text=True)
    found = re.findall(r'</span>\s*(.*?)\s*</legend>\s*<input type="hidden" name="had-([\w-]+)"', page)
    sent = {name: value for name, value in fields_of(page).items() if name not in {"answer", "csrf_token"}}
    ticked = re.findall(r'name="((?:topic|quote)-[\w-]+)"\s+value="(\w+)"\s+checked', page)
    return sent | dict(ticked), [(words, end) for words, end in found]


def sort_under(editor: CheckedClient, place: str, topics: dict[str, str]) -> None:
    """Put each answer under a new topic, by its words, with one press."""
    sent, texts = sort_page(editor, place)
    new = {f"new-{end}": topics[words] for words, end in texts if words in topics}
    keys = sorted({end.rpartition("-")[0] for _, end in texts})
    pressed = editor.post(f"{place}/answers", data={**sent, **new, "answer": keys})
    assert pressed.status_code == 302


def a_result(editor: CheckedClient, place: str, **others: str) -> dict[str, str]:
    """What the form of a result sends."""
    blank = {f"wont-{row}-{name}": "" for row in range(3) for name in ("what", "why")}
    return blank | {"heard": "You like the water."} | seen_on(editor, f"{place}/result") | others
