"""A whole bid form, what comes of sending it, and whether it stands on the page again."""

import html
import re

import sqlalchemy as sa
from flask import Flask

from pbvote.call.bids.models import Bid
from pbvote.db import db
from tests.bidding import confirm_newest, page_of, send_form
from tests.checked_client import CheckedClient

ADDRESS = "/rounds/grants-2014/bid"
MONEY = f"{ADDRESS}/money"
BID = {
    "kind": "charity",
    "group_name": "Sale Growers & Friends",
    "registered_number": "1098765",
    "contact_name": "Żaneta O'Neill <b>",
    "email": "Zaneta@growers.example",
    "phone": "0161 496 0000",
    "title": 'Beans & "greens"',
    "summary": "We plant.\n\nYou eat.",
    "who_benefits": "Everybody",
    "ward": "",
    "papers": "have",
    "ask": "£3,043.69",
    "lines-0-what": "Beans",
    "lines-0-line_pence": "3043.69",
}


def bids(app: Flask) -> list[Bid]:
    """Every bid there is, with what it holds."""
    with app.app_context():
        found = list(db.session.scalars(sa.select(Bid).order_by(Bid.id)))
        for bid in found:
            _ = bid.asks, bid.lines, bid.group, bid.ward
        return found


def send(client: CheckedClient, **changes: str) -> tuple[int, str]:
    """Send the form; what was answered. Where it was taken, the bid's contact confirms it."""
    answer = send_form(client, {**BID, **changes})
    if answer.status_code == 302:
        assert confirm_newest(client.application).status_code == 302
    return answer.status_code, answer.get_data(as_text=True)


def assert_kept(page: str, typed: dict[str, str]) -> None:
    """Everything that was typed on this page of the form stands in it again."""
    is_of = next((name for name in ("title", "ask", "group_name") if f'name="{name}"' in page), "email")
    for name, value in typed.items():
        if is_of == "email" or page_of(name) != page_of(is_of) or name in {"kind", "papers"}:
            continue
        box = re.search(rf'<(?:input|textarea|select)[^>]* name="{name}"[^>]*>(?:([^<]*)</textarea>)?', page)
        assert box, name
        if name != "ward":
            shown = box[1] if box[1] is not None else "".join(re.findall(r' value="([^"]*)"', box[0]))
            assert html.unescape(shown).strip("\n") == value, name
