"""Needs and offers for tests."""

import re
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.db import db
from pbvote.grants.network.models import CardSide, WallCard
from pbvote.grants.network.posting import NewCard, post_for_group
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.grants.paying import the_award
from tests.grants.visiting import account
from tests.pages import text_of

AT = "/my/awards/1/network"
SOUP = "Two people to serve soup on Fridays."
NEED = {"side": "need", "kind": "volunteers", "sentence": SOUP, "ward": "1:", "agrees": "yes"}
ANSWER = {"name": "Ann Bee", "email": "ann@resident.example", "words": "I have Fridays off.", "own": ""}


def post_card(
    app: Flask, award_id: int = 1, side: str = "need", sentence: str = SOUP, *, kind: str = "volunteers", **more: Any
) -> int:
    """A card of an award's group; its number."""
    with writing(app):
        contact = account(f"group{award_id}@group.example")
        new = NewCard(CardSide(side), kind, sentence, more.get("ward_id"))
        return post_for_group(the_award(award_id), new, contact).id


def cards(app: Flask) -> list[WallCard]:
    """Every card, on the wall or not."""
    with app.app_context():
        return list(db.session.scalars(sa.select(WallCard).order_by(WallCard.id)))


def wall(client: CheckedClient, query: str = "") -> str:
    """What stands on the wall of Sale."""
    return text_of(client.get(f"/localities/sale/wall{query}"))


def answer(client: CheckedClient, card_id: int, **changes: str) -> TestResponse:
    """Answer a card of Sale's wall."""
    return client.post(f"/localities/sale/wall/{card_id}", data=ANSWER | changes)


def code_in(body: str) -> str:
    """The code of the link in a letter."""
    return str(re.findall(r"/wall/\w+#([\w-]+)", body)[0])
