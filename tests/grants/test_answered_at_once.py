"""Two officers answer at the same moment: the second is shown what the first wrote, and never own words as theirs."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.clock import now
from pbvote.db import Base, db, table_of
from pbvote.grants.reports import changing, thanking
from pbvote.grants.reports.models import ChangeRequest, Report
from pbvote.grants.visits import worries
from pbvote.grants.visits.models import Worry
from tests.grants.reporting import DESK, GROUP, MORE_TIME, contact, ready, send
from tests.grants.visiting import MEMBER, ORGANISER, fund, log
from tests.pages import browser, text_of

FIRST, SECOND = "I rang them on Tuesday.", "They are fine, I think."
# SQLite lets one writer in at a time, so there nobody can be between.
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def just_before(verb: Callable[..., Any], model: type[Base], **values: object) -> Callable[..., Any]:
    """The verb, before which another officer's answer is committed, after the view has looked."""

    def do(*arguments: Any) -> Any:
        first = {"answer": FIRST, "answered_at": now(), "answered_by_id": 1, **values}
        with db.engine.connect() as another, another.execution_options(pbvote_writes=True).begin():
            another.execute(sa.update(table_of(model)).values(**first))
        return verb(*arguments)

    return do


@on_postgresql
def test_a_worry(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    fund(app)
    log(browser(app, MEMBER), standing="worried", words="Nobody came.")
    monkeypatch.setattr(worries, "answer_worry", just_before(worries.answer_worry, Worry))
    late = browser(app, ORGANISER).post("/desk/worries/1", data={"answer": SECOND})
    shows_the_first(late.status_code, text_of(late))


@on_postgresql
def test_what_a_group_asks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = ready(app)
    assert contact(app).post(f"{GROUP}/change/more-time", data=MORE_TIME).status_code == 302
    before = just_before(changing.answer_change, ChangeRequest, is_granted=False)
    monkeypatch.setattr(changing, "answer_change", before)
    late = desk.post(f"{DESK}/changes/1", data={"said": "yes", "answer": SECOND})
    shows_the_first(late.status_code, text_of(late))


@on_postgresql
def test_a_report(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = ready(app)
    send(contact(app))
    monkeypatch.setattr(thanking, "thank", just_before(thanking.thank, Report))
    late = desk.post(f"{DESK}/report/thank", data={"thanks": SECOND})
    shows_the_first(late.status_code, text_of(late))


def shows_the_first(status: int, page: str) -> None:
    """The page has the first answer, and what was typed to copy."""
    assert status == 409
    assert FIRST in page
    assert page.count(SECOND) == 1
