"""What a member's phone hands over later."""

import datetime as dt
from collections.abc import Mapping

from flask import Flask
from werkzeug.test import TestResponse

from pbvote.core.clock import today
from pbvote.people.service import account_with_email
from tests.checked_client import CheckedClient
from tests.grants.kept_forms import PRESENT
from tests.grants.visiting import MEMBER, day

OURS = {"X-Own-Script": "1", "Sec-Fetch-Site": "same-origin"}


def number_of(app: Flask, email: str) -> str:
    """An account's number, as its pages say whose they are."""
    with app.app_context():
        account = account_with_email(email)
        assert account
        return str(account.id)


def hand_in(
    app: Flask,
    member: CheckedClient,
    form: Mapping[str, str | list[str]] = PRESENT,
    *,
    of: str = MEMBER,
    headers: Mapping[str, str] = OURS,
    met_on: dt.date | None = None,
    saved_on: dt.date | None = None,
) -> TestResponse:
    """Send what a phone of this member kept."""
    met_on = met_on or today()
    whose = {"account": number_of(app, of), "saved_on": (saved_on or met_on).isoformat()}
    return member.post("/my/groups/1/outbox", data={**form, **day("met_on", met_on), **whose}, headers=dict(headers))
