"""Close a grant by a checklist of three, and reopen it with a reason. Nothing here commits."""

from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.core.money import format_money
from pbvote.db import db
from pbvote.grants.awards.models import UNDER_WAY, Award, AwardHistory, AwardState
from pbvote.grants.money.sums import Sums
from pbvote.grants.reports import letters
from pbvote.grants.reports.changing import changes_of
from pbvote.grants.reports.models import Report
from pbvote.grants.reports.refusals import ClosedMeanwhile, NotReadyToClose
from pbvote.grants.reports.thanking import to_come_back
from pbvote.grants.visits.service import plan_visit
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class ClosingChecklist:
    """What a grant needs before it is closed. A sentence says what is open; "" where nothing is."""

    report: str
    money: str
    """An officer may close all the same, with a sentence that says why the money is accounted for."""

    @property
    def may_close(self) -> bool:
        """Whether nothing stands in the way but the officer's own look at the promises, and a word on the money."""
        return not self.report


def checklist_of(award: Award, report: Report | None) -> ClosingChecklist:
    """How far this grant is from being closed."""
    return ClosingChecklist(_open_report(report), _open_money(award, report))


def _open_report(report: Report | None) -> str:
    if report is None:
        return "There is no report yet."
    if report.is_open:
        return "The report is open to be corrected."
    return "" if report.is_answered else "Nobody has thanked the group for its report yet."


def _open_money(award: Award, report: Report | None) -> str:
    sums, currency = Sums.of([award]), award.event.share.round.currency
    if sums.to_pay:
        return f"{format_money(sums.to_pay, currency)} is not paid."
    if report and report.waits_for_word_on_left:
        return "Nobody has agreed yet what becomes of the money that is left."
    if report and (pence := to_come_back(award, report)):
        return f"{format_money(pence, currency)} has not come back yet."
    return ""


@dataclass(frozen=True, slots=True)
class ClosingWords:
    """What an officer says when a grant is closed."""

    looked_at_promises: bool
    why_accounted: str = ""
    """Why the money is accounted for where the sums don't say so."""


def close(award: Award, report: Report | None, said: ClosingWords, by: Account) -> None:
    """Close the grant: nothing is due any more, and the group is thanked.

    Raises `NotReadyToClose` with what is open, and `ClosedMeanwhile`. What was looked at is what is closed: where money
    moved meanwhile, somebody looks again.
    """
    checklist = checklist_of(award, report)
    if checklist.report:
        raise NotReadyToClose(checklist.report)
    if any(change.is_open for change in changes_of([award.id])):
        raise NotReadyToClose("Answer first what the group has asked")
    if award.planned_pence:
        raise NotReadyToClose("A payment is planned. Note first what became of it")
    if checklist.money and not said.why_accounted:
        raise NotReadyToClose(f"{checklist.money} Say why the money is accounted for all the same")
    if not said.looked_at_promises:
        raise NotReadyToClose("Look at what they promised first, and tick that you did")
    seen = (Award.paid_pence == award.paid_pence, Award.returned_pence == award.returned_pence)
    claim = sa.update(Award).where(Award.id == award.id, Award.is_under_way, Award.planned_pence == 0, *seen)
    if db.session.scalar(claim.values(state=AwardState.CLOSED).returning(Award.id)) is None:
        raise ClosedMeanwhile
    db.session.refresh(award, ["state"])
    _note(award, AwardState.CLOSED, said.why_accounted if checklist.money else "", by)
    plan_visit(award.id, None)
    letters.say_closed(award)


def require_closed(award: Award) -> None:
    """Raise `ClosedMeanwhile` unless the grant is closed."""
    if award.state is not AwardState.CLOSED:
        raise ClosedMeanwhile


def reopen(award: Award, words: str, by: Account) -> None:
    """Open a closed grant again, in the state in which it was closed. Raises `ClosedMeanwhile`."""
    before = sa.select(AwardHistory.state).where(AwardHistory.award_id == award.id, AwardHistory.state.in_(UNDER_WAY))
    state = db.session.scalars(before.order_by(AwardHistory.id.desc()).limit(1)).first() or AwardState.SIGNED
    claim = sa.update(Award).where(Award.id == award.id, Award.state == AwardState.CLOSED).values(state=state)
    if db.session.scalar(claim.returning(Award.id)) is None:
        raise ClosedMeanwhile
    db.session.refresh(award, ["state"])
    _note(award, state, words, by)


def _note(award: Award, state: AwardState, words: str, by: Account) -> None:
    db.session.add(AwardHistory(award_id=award.id, state=state, account_id=by.id, words=words))
    db.session.flush()
