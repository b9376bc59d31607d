"""What tests of reports stand on: awards that were accepted and signed, and what is filled in about them."""

import datetime as dt
import io
import re

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.access import Role
from pbvote.call.rounds.models import Round
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.grants.mentors.service import set_mentor
from pbvote.grants.reports.models import ChangeRequest, Report
from pbvote.grants.visits.models import CheckIn, ContactMethod, Status
from pbvote.people.service import account_with_email
from tests.checked_client import CheckedClient
from tests.factories import an_account, the_event, writing
from tests.files.samples import photo_file
from tests.grants.paying import GROUPS, LARGE, SMALL, day_of, plan_form, ring, signed_awards, the_award
from tests.pages import browser

MEMBER = "marek@partnership.example"
GROUP, DESK = f"/my/awards/{SMALL}", f"/desk/awards/{SMALL}"
HAPPENED = "41 people cooked together. Nobody went home hungry."
PAGE = {"happened": HAPPENED, "people": "41", "left_pence": "0"}
THANKS = {"thanks": "Thank you, Contact of Group 3. We read it aloud in the office."}
MORE_TIME = {"words": "The hall has a leak.", **day_of("ends_on", now().date().replace(year=now().year + 2))}


def ready(app: Flask) -> CheckedClient:
    """An organiser's browser. The award `LARGE` has figures to report, `SMALL` a page, and both have a mentor."""
    desk = signed_awards(app)
    with writing(app):
        member = an_account(Role.LP_MEMBER, MEMBER, the_event().share.locality)
        for award_id in (LARGE, SMALL):
            set_mentor(the_award(award_id), member)
    return desk


def make_photo_size(app: Flask) -> None:
    """Let the award `SMALL` be so small for its round that a photo and two sentences are enough."""
    with writing(app):
        round_ = db.session.get_one(Round, 1)
        round_.grant_rules = type(round_.grant_rules)(photo_report_to_pence=2_000_00)


def contact(app: Flask, award_id: int = SMALL) -> CheckedClient:
    """The browser of the award's group."""
    return browser(app, GROUPS[award_id])


def version_on(page: TestResponse) -> str:
    """The version of the draft that a page shows."""
    return str(re.findall(r'name="version" value="(\d+)"', page.get_data(as_text=True))[0])


def send(who: CheckedClient, address: str = f"{GROUP}/report", **answers: str) -> TestResponse:
    """Open the form, fill it in and send it; with `photo="yes"` a photo goes along."""
    data: dict[str, object] = {**PAGE, "version": version_on(who.get(address)), **answers}
    if data.pop("photo", ""):
        data["photo"] = (io.BytesIO(photo_file()), "us.jpg")
    return who.post(address, data=data, content_type="multipart/form-data")


def add_receipt(who: CheckedClient, position: str, kind: str = "JPEG", award_id: int = LARGE) -> TestResponse:
    """Send a photo of a receipt."""
    data = {"position": position, "receipt": (io.BytesIO(photo_file(kind)), "receipt.jpg")}
    return who.post(
        f"/my/awards/{award_id}/receipts", data=data, content_type="multipart/form-data", follow_redirects=True
    )


def thank(desk: CheckedClient, award_id: int = SMALL) -> TestResponse:
    """Thank the group."""
    return desk.post(f"/desk/awards/{award_id}/report/thank", data=THANKS)


def reports(app: Flask) -> list[Report]:
    """Every report."""
    with app.app_context():
        return list(db.session.scalars(sa.select(Report).order_by(Report.id)))


def changes(app: Flask) -> list[ChangeRequest]:
    """Everything that groups asked for."""
    with app.app_context():
        return list(db.session.scalars(sa.select(ChangeRequest).order_by(ChangeRequest.id)))


def pay_all(app: Flask, desk: CheckedClient, award_id: int = SMALL) -> None:
    """Let finance pay all of an award that takes one person."""
    ring(app, award_id)
    address = f"/desk/awards/{award_id}/money/payments"
    assert desk.post(address, data=plan_form()).status_code == 302
    paid = {"became": "paid", **day_of("happened_on")}
    assert desk.post(f"{address}/1", data=paid).status_code == 302


def visited(app: Flask, words: str = HAPPENED, standing: Status = Status.GOING_WELL, award_id: int = SMALL) -> int:
    """A visit of two days ago, which the group reads by now; its id."""
    with writing(app):
        member = account_with_email(MEMBER)
        assert member
        row = CheckIn(award_id=award_id, account_id=member.id, form_key=words, met_on=today(), needs=[], words=words)
        row.contact_method, row.standing, row.logged_at = ContactMethod.VISIT, standing, now() - dt.timedelta(days=2)
        db.session.add(row)
        db.session.flush()
        return row.id
