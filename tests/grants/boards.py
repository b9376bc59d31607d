"""What tests read of the boards."""

import re

from flask import Flask

from benchmarks.boards_data import ORGANISER, fill
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardState
from pbvote.people.service import account_with_email
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.pages import browser

BOARD = "/desk/monitoring/"
_FIGURE = re.compile(r'href="([^"]+#groups)"><span class="figure-large">(\d+)</span>\s*([^<]+?)\s*</a>')


def borough(app: Flask, awards: int = 40, check_ins: int = 4) -> CheckedClient:
    """A borough with so many awards, of which two were declined and one member was shut out; the organiser."""
    with writing(app):
        fill(awards, check_ins)
        for number in (3, 8):
            db.session.get_one(Award, number).planned_pence = db.session.get_one(Award, number).paid_pence = 0
            db.session.get_one(Award, number).state = AwardState.DECLINED
        gone = account_with_email("member-1-4@partnership.example")
        assert gone
        gone.is_disabled = True
    return browser(app, ORGANISER)


def figures(client: CheckedClient, address: str = BOARD) -> dict[str, tuple[int, str]]:
    """Each number at the head of a board, and where it leads."""
    found = _FIGURE.findall(client.get(address).get_data(as_text=True))
    return {label: (int(number), href.replace("&amp;", "&").partition("#")[0]) for href, number, label in found}


def groups_on(client: CheckedClient, address: str) -> tuple[int, list[str]]:
    """How many groups a board says it found, and the names of those on this page."""
    page = client.get(address).get_data(as_text=True)
    caption = re.search(r"<caption>(\d+) groups?[^<]*</caption>", page)
    return int(caption[1]) if caption else 0, re.findall(r">(Group \d+)</a>", page)
