"""What tests of letters about a partnership press and read."""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.mail.models import Letter
from pbvote.partnership.telling.models import Subscriber
from tests.checked_client import CheckedClient
from tests.grants.reminding import remind
from tests.pages import client_of
from tests.partnership.keeping import PUBLIC

ASK = f"{PUBLIC}/tell-me"
ANN = "ann@home.example"
ALL = ["agenda", "moved", "result", "news"]


def letters_to(app: Flask, email: str = ANN) -> Sequence[Letter]:
    """The letters to an address, the oldest first."""
    with app.app_context():
        return db.session.scalars(sa.select(Letter).where(Letter.recipient == email).order_by(Letter.id)).all()


def code_of(letter: Letter) -> str:
    """The code behind the link that confirms, or changes what is told."""
    return str(re.findall(r"/tell-me/\w+#([\w-]+)", letter.body)[0])


def stop_of(letter: Letter) -> str:
    """The path at which one press stops a letter."""
    return str(re.findall(r"(/tell-me/stop/\w+)", letter.stops_at)[0])


def ask_for(app: Flask, email: str = ANN, kinds: Sequence[str] = ALL) -> None:
    """Ask to be told, as a stranger."""
    answer = client_of(app).post(ASK, data={"email": email, "kinds": list(kinds)})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers


def confirm(app: Flask, email: str = ANN) -> CheckedClient:
    """Press the button behind the newest letter’s link."""
    anybody = client_of(app)
    pressed = anybody.post("/tell-me/confirm", data={"code": code_of(letters_to(app, email)[-1])})
    assert pressed.headers["Location"] == "/tell-me/done/on"
    return anybody


def told(app: Flask, email: str = ANN) -> list[str]:
    """Run the command; what was written to the address by it."""
    before = len(letters_to(app, email))
    remind(app)
    return [letter.body for letter in letters_to(app, email)[before:]]


def subscribers(app: Flask) -> Sequence[Subscriber]:
    """All of them."""
    with app.app_context():
        return db.session.scalars(sa.select(Subscriber).order_by(Subscriber.id)).all()
