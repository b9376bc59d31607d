"""Send a report: once, in whichever manner. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from pbvote.core.clock import now, today
from pbvote.core.working_days import working_days_after
from pbvote.db import db, insert_if_absent
from pbvote.grants.awards.holding import hold_awards
from pbvote.grants.awards.models import Award
from pbvote.grants.promises.keeping import Keeping, keep_promises
from pbvote.grants.promises.models import KeptBy
from pbvote.grants.reports import letters
from pbvote.grants.reports.asking_receipts import receipts_request
from pbvote.grants.reports.drafts import take_draft_photo
from pbvote.grants.reports.due import THANK_DAYS
from pbvote.grants.reports.models import LeftPlan, Report, ReportLine, ReportManner, ReportSize
from pbvote.grants.reports.receipt_models import Receipt
from pbvote.grants.reports.refusals import (
    AlreadySent,
    DoesNotAddUp,
    MoreLeftThanHad,
    NotReportable,
    NotYourVisit,
    OverTheAward,
    ReceiptsMissing,
)
from pbvote.grants.reports.sizes import LineAsked, had_pence, lines_asked, rules_for, size_of
from pbvote.grants.visits.forms import STANDINGS
from pbvote.grants.visits.models import CheckIn, Status
from pbvote.grants.visits.service import pay_visit, shared_check_ins_of
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report as it was typed."""

    happened: str
    people: int | None = None
    left_pence: int | None = None
    left_wish: LeftPlan | None = None
    may_quote: bool = False
    why_no_receipt: str = ""
    spent: Mapping[int, int] = field(default_factory=dict)
    """What each line of the budget cost, in pence, by its position."""
    kept: Sequence[int] = ()
    """The ids of the promises that have happened."""


def require_reportable(award: Award) -> None:
    """Raise `NotReportable` unless the group has accepted the grant and it is not closed."""
    if not award.is_under_way:
        raise NotReportable


def send_report(award: Award, manner: ReportManner, new: NewReport, by: Account) -> Report:
    """Store the report, with its photo out of the draft, and let the drafts go.

    What somebody else wrote down for the group is written to it. What it told its mentor is the visit of that day, too.
    Raises `NotReportable`, `AlreadySent`, and for figures that can't be `OverTheAward`, `MoreLeftThanHad`,
    `DoesNotAddUp`, `ReceiptsMissing`.
    """
    hold_awards([award.id])  # so that nobody removes a receipt meanwhile
    require_reportable(award)
    lines = lines_asked(award)
    spent = require_adds_up(award, lines, new, had_pence(award))
    require_receipts(award, lines, new)
    report = _store(award, manner, told_by(new, spent), by)
    for line in lines:
        row = {"what": line.what, "line_pence": line.line_pence, "spent_pence": new.spent[line.position]}
        db.session.add(ReportLine(report_id=report.id, position=line.position, **row))
    db.session.flush()
    _tick(award, new.kept, by)
    if manner is ReportManner.SPOKEN:
        pay_visit(award.id, today())
    if manner is not ReportManner.WRITTEN:
        letters.say_written_down(award, by)
    return report


def told_by(new: NewReport, spent: int | None) -> dict[str, object]:
    """What was typed, as the report's columns hold it; `spent` is what its figures come to, in pence."""
    return {
        "happened": new.happened,
        "people": new.people,
        "spent_pence": spent,
        "left_pence": new.left_pence,
        "left_wish": new.left_wish if new.left_pence else None,
        "may_quote": new.may_quote,
        "why_no_receipt": new.why_no_receipt,
    }


def _tick(award: Award, kept: Sequence[int], by: Account) -> None:
    keep_promises(award.id, kept, Keeping(today(), by.id, KeptBy.REPORT))


def require_adds_up(award: Award, lines: Sequence[LineAsked], new: NewReport, had: int) -> int | None:
    """What the figures come to of the pence that the group had; None where none are asked for.

    Raises `MoreLeftThanHad`, `OverTheAward`, and `DoesNotAddUp`.
    """
    currency, left = award.event.share.round.currency, new.left_pence or 0
    if left > had:
        raise MoreLeftThanHad(had, currency)
    if not lines:
        return None
    spent = sum(new.spent[line.position] for line in lines)
    if spent > had:
        raise OverTheAward(spent, had, currency)
    if spent + left != had:
        raise DoesNotAddUp(spent, left, had, currency)
    return spent


def require_receipts(award: Award, lines: Sequence[LineAsked], new: NewReport) -> None:
    """Raise `ReceiptsMissing` where a large line has no receipt, and nobody says why.

    Where an officer asked for them, each line that cost something has one; a report without lines has one at least.
    """
    is_asked = receipts_request(award.id) is not None
    if new.why_no_receipt or not (lines or is_asked):
        return
    given = set(db.session.scalars(sa.select(Receipt.position).where(Receipt.award_id == award.id)))
    most = 0 if is_asked else rules_for(award).receipts_from_pence
    missing = [line.what for line in lines if new.spent[line.position] > most and line.position not in given]
    if missing or not (lines or given):
        raise ReceiptsMissing(missing)


def _store(award: Award, manner: ReportManner, said: Mapping[str, object], by: Account) -> Report:
    """Claim the award's one report; the drafts go, and the photo of this manner's draft is the report's."""
    values = {
        "award_id": award.id,
        "manner": manner,
        "size": size_of(award),
        "had_pence": had_pence(award),
        "why_no_receipt": "",
        "may_quote": False,
        "sent_at": now(),
        "sent_by_id": by.id,
        "answer_due_on": working_days_after(today(), THANK_DAYS),
        "answer": "",
        "used_in": "",
        "opened_why": "",
        **said,
    }
    report_id = db.session.scalar(insert_if_absent(Report, values).returning(Report.id))
    if report_id is None:
        raise AlreadySent
    report = db.session.get_one(Report, report_id)
    photo = take_draft_photo(award, manner)
    report.photo_id = photo.id if photo else None
    db.session.flush()
    return report


def visit_to_confirm(award: Award) -> CheckIn | None:
    """The visit that may be a small award's report: the latest that reached the group and that it reads by now.

    Where an officer asks for receipts, no visit tells it all.
    """
    if size_of(award) is not ReportSize.PHOTO or not award.is_under_way or receipts_request(award.id):
        return None
    return next((one for one in shared_check_ins_of(award) if one.standing is not Status.NOT_REACHED), None)


def confirm_visit(award: Award, check_in_id: int, by: Account, kept: Sequence[int] = ()) -> Report:
    """“Yes, that’s how it was”: the visit that the group saw is its report. The promises `kept` have happened.

    No visit that was due is awaited any more.

    Raises `NotReportable`, `AlreadySent`, and `NotYourVisit` where that visit is not the latest that it reads.
    """
    require_reportable(award)
    visit = visit_to_confirm(award)
    if visit is None or visit.id != check_in_id:
        raise NotYourVisit
    happened = visit.words or f"{STANDINGS[visit.standing]}."
    sent = _store(award, ReportManner.VISIT, {"happened": happened, "check_in_id": visit.id}, by)
    _tick(award, kept, by)
    pay_visit(award.id, today())
    return sent
