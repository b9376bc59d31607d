"""A funded group that stands in the directory, for tests."""

import dataclasses
import datetime as dt

from flask import Flask

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.files.pictures import read_photo
from pbvote.files.service import keep_photo
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.listing import NewListing, OwnMatter, stand
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.themes import Theme
from pbvote.grants.reports.models import Report, ReportManner, ReportSize
from pbvote.grants.visits.models import CheckIn, ContactMethod, Status
from pbvote.localities.models import Ward
from tests.factories import writing
from tests.files.samples import photo_file
from tests.grants.paying import the_award
from tests.grants.visiting import GROUP, MEMBER, account

HAPPENED = "41 people cooked together. Nobody went home hungry."
SAID = NewListing("We cook with our neighbours.", Theme.FOOD, None, "M33", "https://growers.example")
LISTING = {
    "was_listed": "",
    "sentence": SAID.sentence,
    "theme": "food",
    "ward": "",
    "district": "m33 7zf",
    "website": "growers.example",
}
AT = "/my/awards/1/directory"


def list_group(app: Flask, award_id: int = 1, **changes: object) -> None:
    """Let the award's group stand in the directory."""
    with writing(app):
        award = the_award(award_id)
        new = dataclasses.replace(SAID, **changes)  # type: ignore[arg-type]
        stand(award, new, OwnMatter.of(award), account(GROUP), was_listed=False)


def add_ward(app: Flask, name: str = "Priory") -> int:
    """A ward in Sale; its number."""
    with writing(app):
        ward = Ward(locality_id=the_award(1).event.share.locality_id, name=name)
        db.session.add(ward)
        db.session.flush()
        return ward.id


def give_bid_photo(app: Flask, award_id: int = 1) -> str:
    """Put a photo beside the award's bid; its digest."""
    with writing(app):
        bid = the_award(award_id).bid
        bid.photo, bid.photo_text = keep_photo(read_photo(photo_file()), None), "Neighbours around a pot"
        return bid.photo.digest


def report_of(app: Flask, happened: str = HAPPENED, *, is_thanked: bool = True) -> None:
    """Let award 1 have a report."""
    with writing(app):
        award: Award = the_award(1)
        report = Report(award_id=1, manner=ReportManner.WRITTEN, size=ReportSize.PAGE, happened=happened, had_pence=1)
        report.sent_by_id, report.answer_due_on = account(GROUP).id, today()
        if is_thanked:
            report.answer, report.answered_at = "Thank you.", award.told_at
            report.answered_by_id = award.decision.drafted_by_id
        db.session.add(report)


def meet(app: Flask, needs: list[str], ago: int = 0) -> None:
    """Let award 1 have a check-in that was logged so many days ago."""
    with writing(app):
        row = CheckIn(award_id=1, account_id=account(MEMBER).id, form_key=f"{ago}", met_on=today(), needs=needs)
        row.contact_method, row.standing = ContactMethod.VISIT, Status.GOING_WELL
        row.logged_at = now() - dt.timedelta(days=ago)
        db.session.add(row)


def listing(app: Flask) -> Listing | None:
    """How the group of award 1 stands in the directory."""
    with app.app_context():
        return db.session.get(Listing, 1)
