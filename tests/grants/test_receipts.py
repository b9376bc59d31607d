"""A report is sent with the receipts that it was looked at with, whoever removes one at that moment."""

import threading

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.grants.reports.models import Report, ReportManner
from pbvote.grants.reports.receipt_models import Receipt
from pbvote.grants.reports.receipts import receipt_of, remove_receipt
from pbvote.grants.reports.refusals import AlreadySent
from pbvote.grants.reports.sending import NewReport, send_report
from pbvote.grants.reports.sizes import lines_asked
from pbvote.people.service import account_with_email
from tests.factories import writing
from tests.grants.paying import GROUPS, LARGE, the_award
from tests.grants.reporting import add_receipt, contact, ready

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def with_receipt(app: Flask) -> NewReport:
    """A report all of whose money went to one line, which has a receipt."""
    ready(app)
    with app.app_context():
        award = the_award(LARGE)
        lines, pence = lines_asked(award), award.award_pence
    add_receipt(contact(app, LARGE), str(lines[0].position))
    spent = {line.position: pence if line is lines[0] else 0 for line in lines}
    return NewReport("We played.", people=12, left_pence=0, spent=spent)


def send(new: NewReport) -> Report:
    """The group sends it."""
    by = account_with_email(GROUPS[LARGE])
    assert by
    return send_report(the_award(LARGE), ReportManner.WRITTEN, new, by)


@on_postgresql
def test_a_receipt_that_is_removed_while_the_report_is_sent_stays_with_it(app: Flask) -> None:
    new = with_receipt(app)
    said: list[str] = []

    def remove() -> None:
        try:
            with writing(app):
                award = the_award(LARGE)
                receipt = receipt_of(award, 1)
                assert receipt
                remove_receipt(award, receipt)
            said.append("removed")
        except AlreadySent:
            said.append("refused")

    other = threading.Thread(target=remove)
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with app.app_context():
        begin_write()
        send(new)
        other.start()
        with db.engine.connect() as watching:
            while other.is_alive() and not watching.scalar(waiting):
                watching.rollback()
        db.session.commit()
    other.join()
    assert said == ["refused"]
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Receipt.id))) == 1


@on_postgresql
def test_a_report_that_is_sent_while_its_receipt_is_removed_is_refused(app: Flask) -> None:
    new = with_receipt(app)
    said: list[str] = []

    def send_it() -> None:
        try:
            with writing(app):
                send(new)
            said.append("sent")
        except Refusal as refusal:
            said.append(type(refusal).__name__)

    other = threading.Thread(target=send_it)
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with app.app_context():
        begin_write()
        award = the_award(LARGE)
        receipt = receipt_of(award, 1)
        assert receipt
        remove_receipt(award, receipt)
        other.start()
        with db.engine.connect() as watching:
            while other.is_alive() and not watching.scalar(waiting):
                watching.rollback()
        db.session.commit()
    other.join()
    assert said == ["ReceiptsMissing"]
