"""What a steward's phone hands over, for tests: presses and names, in lots."""

from flask import Flask

from pbvote.own_scripts import HEADER
from pbvote.vote.door.figures import DoorFigures, door_figures
from tests.checked_client import CheckedClient
from tests.factories import the_event

SENT = {HEADER: "1", "Sec-Fetch-Site": "same-origin"}


def key(number: int) -> str:
    """An id as a phone gives it."""
    return f"{number:032x}"


def tap(number: int, step: int = 1, kind: str = "voter") -> dict[str, object]:
    """A press."""
    return {"id": key(number), "kind": kind, "step": step}


def person(number: int, name: str) -> dict[str, object]:
    """A name for the list."""
    return {"id": key(number), "name": name, "tie": "lives"}


def hand_over(app: Flask, client: CheckedClient, **lot: object) -> int:
    """Send a lot, and return the status of its answer."""
    body = {"phone": key(99), "waiting": 0, "taps": [], "names": []} | lot
    with app.app_context():
        address = f"/door/{the_event().slug}/lot"
    return client.post(address, json=body, headers=SENT).status_code


def figures(app: Flask) -> DoorFigures:
    """What the door counted."""
    with app.app_context():
        return door_figures(the_event())
