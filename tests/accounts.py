"""People who sign in, for tests."""

import datetime as dt
import re
from collections.abc import Callable

import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.db import db
from pbvote.people import service
from pbvote.people.models import Account, FailedTries
from tests.checked_client import CheckedClient
from tests.factories import an_account, writing
from tests.outbox import letters

PASSWORD = "three unlikely words"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)  # quick to compare
HALL = "192.0.2.1"
NOON = dt.datetime(2014, 7, 12, 12, tzinfo=dt.UTC)
ORGANISER, AUDITOR, CONTACT = "organiser@council.example", "auditor@council.example", "group@group.example"


def add(app: Flask, role: Role, email: str, **columns: object) -> None:
    """An account with a password; its second step is asked for as in a real council."""
    with writing(app):
        account = an_account(role, email)
        account.is_demonstration, account.password_hash = False, HASH
        for name, value in columns.items():
            setattr(account, name, value)


def try_password(client: CheckedClient, email: str, password: str = PASSWORD, came_for: str = "") -> TestResponse:
    """Send the sign-in form, from the page that the person came for."""
    return client.post("/sign-in", query_string={"next": came_for}, data={"email": email, "password": password})


def is_in(client: CheckedClient) -> bool:
    """Whether this browser is signed in."""
    return "/sign-in" not in client.get("/my/").headers["Location"]


def without_nonce(answer: TestResponse) -> str:
    """A page as two people may compare it."""
    return re.sub(r'nonce="[^"]+"', "", answer.get_data(as_text=True))


def change(app: Flask, email: str, verb: Callable[[Account], object]) -> None:
    """Do something to an account, from elsewhere."""
    with writing(app):
        account = service.account_with_email(email)
        assert account
        verb(account)


def post(client: CheckedClient, path: str, network: str = HALL, **data: str) -> TestResponse:
    """Send a form from an address on the network."""
    return client.post(path, data=data, environ_overrides={"REMOTE_ADDR": network})


def counted(app: Flask) -> int:
    """How many counts are kept."""
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(FailedTries)) or 0


def letters_to(app: Flask, email: str) -> list[str]:
    """The subjects of what was written to the address, newest first."""
    with app.app_context():
        return [letter.subject for letter in letters() if letter.recipient == email]


def mailed_code(app: Flask, email: str) -> str:
    """The code in the newest letter to this address."""
    with app.app_context():
        letter = next(letter for letter in letters() if letter.recipient == email)
        code: str = re.findall(r"/link#(\S+)", letter.body)[0]
        return code
