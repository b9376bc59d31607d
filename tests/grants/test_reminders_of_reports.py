"""A report that has not come is reminded of, until it comes, its day moves, or an officer takes over."""

import datetime as dt

import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.reports.models import ReportManner
from pbvote.grants.reports.sending import NewReport, send_report
from pbvote.grants.reports.sizes import lines_asked
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.reminding import Written, fund_on, on, written_from, written_on
from tests.grants.visiting import GROUP, ORGANISER, account, first_award

ENDS, DUE = dt.date(2026, 5, 29), dt.date(2026, 6, 26)
"""The last day of the project, and 20 working days later."""
BEGINS, OVER = dt.date(2026, 6, 1), dt.date(2026, 7, 31)
TITLE = "Project of Group 1"


def funded_until(app: Flask, ends_on: dt.date = ENDS) -> None:
    """Award 1, accepted, without a planned visit, whose project ends on this day."""
    fund_on(app, None)
    with writing(app):
        db.session.execute(sa.update(Award).values(ends_on=ends_on))


@both_databases
def test_a_group_is_reminded_three_times_and_then_an_officer_asks(app: Flask) -> None:
    funded_until(app)
    assert written_from(app, BEGINS, OVER) == [
        Written(dt.date(2026, 6, 12), GROUP, f"Your report on {TITLE}"),
        Written(DUE, GROUP, f"Your report on {TITLE} is due today"),
        Written(dt.date(2026, 7, 3), GROUP, f"Your report on {TITLE} is still open"),
        Written(dt.date(2026, 7, 10), ORGANISER, "The report of Group 1 is late"),
    ]


def test_a_report_that_has_come_is_not_asked_for(app: Flask) -> None:
    funded_until(app)
    with on(dt.date(2026, 6, 15)), writing(app):
        award = first_award()
        spent = {line.position: line.line_pence for line in lines_asked(award)}
        told = NewReport("41 pupils came, and stayed.", 41, 0, None, why_no_receipt="They are with us.", spent=spent)
        send_report(award, ReportManner.WRITTEN, told, account(GROUP))
    assert written_from(app, dt.date(2026, 6, 16), OVER) == []


def test_more_time_moves_the_letters(app: Flask) -> None:
    funded_until(app)
    assert len(written_on(app, dt.date(2026, 6, 12))) == 1
    with writing(app):
        db.session.execute(sa.update(Award).values(ends_on=dt.date(2026, 6, 30)))
    assert written_from(app, dt.date(2026, 6, 15), dt.date(2026, 7, 31)) == [
        Written(dt.date(2026, 7, 14), GROUP, f"Your report on {TITLE}"),
        Written(dt.date(2026, 7, 28), GROUP, f"Your report on {TITLE} is due today"),
    ]
