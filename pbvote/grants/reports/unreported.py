"""Groups that bid again and have not reported on an earlier grant: flagged before the council decides, and asked.

Nothing here commits.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from pbvote.call.bids.models import Bid
from pbvote.call.checking.likeness import Bidder, likely_duplicates
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Round
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.reports import letters
from pbvote.grants.reports.due import report_due_on
from pbvote.grants.reports.models import Report
from pbvote.grants.reports.service import reported
from pbvote.people.models import Account

ASKED_AGAIN_AFTER: Final = dt.timedelta(days=7)
"""A group that was asked for its report has so long to answer, whoever else would ask."""


class ReportAskedLately(Refusal):
    """Somebody has asked the group a few days ago."""

    def __init__(self, asked_at: dt.datetime) -> None:
        super().__init__(f"Somebody asked this group on {day(asked_at)}. Give them a week, or ring them.")


class NothingToAsk(Refusal):
    """There is no report to wait for, or nobody to write to."""

    def __init__(self) -> None:
        super().__init__("There is no report to ask for by e-mail. It may have come a moment ago. Look again.")


@dataclass(frozen=True, slots=True)
class Unreported:
    """An earlier grant without its report, of a group that bids again."""

    award_id: int
    title: str
    round: str
    due_on: dt.date
    is_same: bool
    """Whether it is the same group for certain; else `why` says what is alike."""
    why: str
    asked_at: dt.datetime | None
    """When an officer last asked for it."""
    has_email: bool
    """Whether somebody of the group can be written to."""
    by_post: str
    """Whom to ring of a group without an e-mail address; "" where nobody is known."""

    @property
    def is_late(self) -> bool:
        """Whether it should have come before today."""
        return self.due_on < today()

    @property
    def may_be_asked(self) -> bool:
        """Whether a press asks for it: it is late, and nobody has asked in the last days."""
        return self.is_late and self.has_email and not was_asked_lately(self.asked_at)


def was_asked_lately(asked_at: dt.datetime | None) -> bool:
    """Whether a group that was asked then still has time to answer."""
    return asked_at is not None and asked_at > now() - ASKED_AGAIN_AFTER


def unreported_before(bids: Iterable[Bid]) -> Mapping[int, Sequence[Unreported]]:
    """What the groups of these bids have not reported of other rounds, by bid, in one statement; most have nothing.

    A contact who bids again in the group's name bids as the same group. Others are found as bids that came twice are:
    by the registered number, the e-mail address, or a name like it. Then it is likely, and no more.
    """
    rounds = {bid.id: bid.round_id for bid in bids if bid.group_id is not None}
    if not rounds:
        return {}
    known: dict[int, list[sa.Row[Any]]] = {}
    for row in db.session.execute(_rows(list(rounds))):
        known.setdefault(row.bid_id, []).append(row)
    matches = likely_duplicates([_bidder(rows) for rows in known.values()])
    found = {
        bid_id: [
            unreported
            for match in matches.get(bid_id, [])
            if (rows := known[match.bid_id])[0].round_id != round_id
            for unreported in _of(rows, known[bid_id][0].group_id, match.reasons)
        ]
        for bid_id, round_id in rounds.items()
    }
    return {bid_id: each for bid_id, each in found.items() if each}


def _rows(bid_ids: Sequence[int]) -> sa.Select[*tuple[Any, ...]]:
    """These bids, and every bid whose award waits for its report: a row for each contact of its group."""
    is_unsent = ~sa.exists().where(Report.award_id == Award.id)
    wanted = sa.select(
        Bid.id.label("bid_id"),
        *(Bid.round_id, Bid.title, Bid.group_id, Round.name.label("round")),
        *(Group.name, Group.registered_number, Group.contact_by_post),
        *(Account.email, Account.is_disabled),
        *(Award.id.label("award_id"), Award.ends_on, Award.report_asked_at),
    )
    wanted = wanted.join(Bid.round).join(Bid.group).outerjoin(GroupContact, GroupContact.group_id == Group.id)
    wanted = wanted.outerjoin(Account, Account.id == GroupContact.account_id)
    wanted = wanted.outerjoin(Award, sa.and_(Award.bid_id == Bid.id, Award.is_under_way, is_unsent))
    return wanted.where(sa.or_(Bid.id.in_(bid_ids), Award.id.is_not(None))).order_by(Bid.id, Award.id)


def _bidder(rows: Sequence[sa.Row[Any]]) -> Bidder:
    emails = frozenset(row.email for row in rows if row.email)
    return Bidder(rows[0].bid_id, rows[0].name, rows[0].registered_number, emails)


def _of(rows: Sequence[sa.Row[Any]], group_id: int, reasons: Sequence[str]) -> list[Unreported]:
    """What waits of one bid: an award, or one from each locality that it asked."""
    has_email = any(row.email and not row.is_disabled for row in rows)
    return [
        Unreported(
            award_id=row.award_id,
            title=row.title,
            round=row.round,
            due_on=report_due_on(row.ends_on),
            is_same=row.group_id == group_id,
            why=", ".join(reasons),
            asked_at=row.report_asked_at,
            has_email=has_email,
            by_post=row.contact_by_post,
        )
        for row in {row.award_id: row for row in rows if row.award_id}.values()
    ]


def ask_for_report(award: Award, by: Account) -> None:
    """Write to everybody who speaks for the group: the report is late, and an officer asks how it stands.

    Of two officers who ask at once, one does. Raises `NothingToAsk` and `ReportAskedLately`.
    """
    shown = reported(award)
    contacts = award.bid.group.contacts if award.bid.group else []
    if not shown.is_late or all(contact.account.is_disabled for contact in contacts):
        raise NothingToAsk
    free = sa.or_(Award.report_asked_at.is_(None), Award.report_asked_at <= now() - ASKED_AGAIN_AFTER)
    claim = sa.update(Award).where(Award.id == award.id, free).values(report_asked_at=now())
    is_claimed = db.session.scalar(claim.returning(Award.id)) is not None
    db.session.refresh(award, ["report_asked_at"])
    if not is_claimed:
        raise ReportAskedLately(award.report_asked_at or now())
    letters.say_asked(award, shown.due_on, by)
