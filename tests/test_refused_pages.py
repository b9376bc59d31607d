"""Whatever refuses a page, what somebody typed for an hour is on the page that says so."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from flask import Flask

from pbvote.core.clock import now
from pbvote.people.service import end_sessions, set_disabled, take_role
from tests.call.deciding import OLIVIA, OMAR, ROUND, account, refuse, set_up
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.pages import browser, client_of, text_of

TYPED = "The accounts of the last two years are missing."
WHY = {"reason": TYPED, "advice": "Send them."}


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """Olivia's browser, before three bids."""
    set_up(app)
    return browser(app, OLIVIA)


def test_a_role_that_is_taken_away_while_somebody_types_loses_no_word(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        olivia = account(OLIVIA)
        take_role(olivia, olivia.grants[0].id, account(OMAR))
    refused = desk.post("/desk/bids/1/refuse", data=WHY)
    assert refused.status_code == 403
    assert "Your account does not have the role for it." in text_of(refused)
    assert TYPED in text_of(refused)


@pytest.mark.parametrize(
    "end",
    [lambda: end_sessions(account(OLIVIA)), lambda: set_disabled(account(OLIVIA), is_disabled=True, by=account(OMAR))],
    ids=["new password", "suspended"],
)
def test_whoever_is_signed_out_while_they_type_loses_no_word(
    app: Flask, desk: CheckedClient, end: Callable[[], None]
) -> None:
    with writing(app):
        end()
    refused = desk.post("/desk/bids/1/refuse", data=WHY)
    assert refused.status_code == 403
    assert "You are signed out Nothing was stored. Sign in, open the page again" in text_of(refused)
    assert TYPED in text_of(refused)
    assert 'href="/sign-in"' in refused.text
    # Where nothing was typed, there is nothing to copy.
    assert desk.post("/desk/bids/1/shortlist").headers["Location"] == "/sign-in"
    shown = {"seen": "b5773b081a2243e0", "marks": "14,9,11,8,11,14"}
    assert desk.post("/desk/bids/1/shortlist", data=shown).headers["Location"] == "/sign-in", "the page sent that"


def test_a_session_that_ends_after_half_a_day_loses_no_word(app: Flask, desk: CheckedClient) -> None:
    with time_machine.travel(now() + dt.timedelta(hours=13), tick=False):
        refused = desk.post(f"{ROUND}/several", data={**WHY, "verdict": "refuse", "bid": "1"})
    assert refused.status_code == 403
    assert TYPED in text_of(refused)


def test_a_second_look_that_comes_too_late_loses_no_word(app: Flask, desk: CheckedClient) -> None:
    code, contact = refuse(desk, app), client_of(app)
    form = {"code": code, "words": "The accounts were in our second letter."}
    assert contact.post("/bids/look-again/send", data=form).status_code == 302
    again = contact.post("/bids/look-again/send", data=form)
    assert again.status_code == 409
    assert form["words"] in text_of(again)
    wrong = contact.post("/bids/look-again/send", data={**form, "code": "nonsense"})
    assert wrong.status_code >= 400
    assert form["words"] in text_of(wrong)
