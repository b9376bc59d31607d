"""What is recorded about a round, read row by row: one statement for each file. Nothing here writes.

A bid's group and words are told only once residents have voted on it. Awards are told only once their result is public
and their group has heard. People are taken out of every text.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import CALLED, Ask, Bid, BidHistory
from pbvote.call.checking.decisions import CALL_BACK_FOR
from pbvote.call.checking.models import BidDecision
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import UK, now
from pbvote.core.hashes import canonical
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardDecision, AwardHistory
from pbvote.grants.money.models import MoneyReturn, Payment
from pbvote.grants.promises.models import Promise
from pbvote.grants.reports.models import Report
from pbvote.grants.visits.models import CheckIn
from pbvote.localities.models import Locality
from pbvote.rights.one_person.hiding import Hiding
from pbvote.spreadsheets.tables import Cell
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.service import as_published
from pbvote.vote.poll.states import IS_PUBLIC

AT_A_TIME: Final = 1_000
Rows = Iterator[Sequence[Cell]]

IS_TOLD: Final = (
    sa.exists()
    .where(Slot.bid_id == Bid.id, Slot.event_id == Event.id, Event.share_id == Share.id, Share.has_opened)
    .correlate(Bid)
)
"""Whether residents have voted on the bid, so that everybody knows of it."""


def shares_of(slug: str) -> list[tuple[Share, Event | None]]:
    """The round's shares by locality, each with its event; with the round itself, in one statement."""
    wanted = sa.select(Share, Event).join(Share.round).join(Share.locality)
    wanted = wanted.outerjoin(Event, Event.share_id == Share.id).where(Round.slug == slug)
    seen = orm.contains_eager(Share.round).lazyload(Round.shares), orm.contains_eager(Share.locality)
    found = db.session.execute(wanted.options(*seen).order_by(Locality.name, Event.id))
    return [(share, event) for share, event in found]


def _read(wanted: Any) -> Iterator[Any]:
    """The rows, of which a thousand at most are held at a time."""
    for batch in db.session.execute(wanted, execution_options={"yield_per": AT_A_TIME}).partitions():
        yield from batch


def _words(state: Any) -> str:
    return str(getattr(state, "value", state)).replace("_", " ").capitalize()


def _told(is_told: bool, text: str | None) -> str:
    return (text or "") if is_told else ""


def bid_rows(round_: Round, hide: Hiding) -> Rows:
    """A row for each share of which a bid asks."""
    wanted = (
        sa.select(
            Bid.reference, _state_told().label("state"), Bid.received_at, Bid.came_by, Locality.name, Ask.ask_pence
        )
        .add_columns(IS_TOLD.label("is_told"), CALLED.label("called"), Bid.title, Bid.summary, Bid.who_benefits)
        .join(Ask, Ask.bid_id == Bid.id)
        .join(Locality, Locality.id == Ask.locality_id)
        .outerjoin(Group, Group.id == Bid.group_id)
        .where(Bid.round_id == round_.id)
        .order_by(Bid.id, Locality.name)
    )
    for row in _read(wanted):
        said = (hide(_told(row.is_told, text)) for text in (row.title, row.summary, row.who_benefits))
        received = row.received_at.astimezone(UK).date()
        yield (row.reference, _words(row.state), received, _words(row.came_by), row.name, row.ask_pence,
               row.is_told, _told(row.is_told, row.called), *said)  # fmt: skip


def _state_told() -> sa.ColumnElement[Any]:
    """How far a bid is, as its group knows: where a decision can still be called back, how far it was before."""
    fresh = (BidDecision.sent_at > now() - CALL_BACK_FOR, BidDecision.called_back_at.is_(None))
    before = sa.select(BidDecision.from_state).where(BidDecision.bid_id == Bid.id, *fresh).scalar_subquery()
    return sa.func.coalesce(before, Bid.state)


def history_rows(round_: Round, hide: Hiding) -> Rows:
    """What happened to each bid, and to each award that was told, oldest first."""
    columns = (Bid.reference, IS_TOLD.label("is_told"), sa.func.coalesce(Group.name, "").label("called"))
    bids = sa.select(*columns, sa.literal("Bid").label("what"), BidHistory.at.label("at"))
    bids = bids.add_columns(sa.cast(BidHistory.state, sa.Text).label("state"), BidHistory.reason.label("words"))
    bids = bids.join(Bid, Bid.id == BidHistory.bid_id).outerjoin(Group, Group.id == Bid.group_id)
    awards = sa.select(*columns, sa.literal("Award").label("what"), AwardHistory.at.label("at"))
    awards = awards.add_columns(sa.cast(AwardHistory.state, sa.Text).label("state"), AwardHistory.words.label("words"))
    awards = awards.select_from(AwardHistory).join(Award, Award.id == AwardHistory.award_id)
    awards = _public(awards.join(Bid, Bid.id == Award.bid_id).outerjoin(Group, Group.id == Bid.group_id))
    # A decision that was sent a moment ago can still be called back, and its group has not heard.
    bids = bids.where(BidHistory.at <= now() - CALL_BACK_FOR)
    both = sa.union_all(bids.where(Bid.round_id == round_.id), awards.where(Bid.round_id == round_.id))
    for row in _read(both.order_by("at", "reference")):
        words = hide(row.words, *_secret(row))
        yield row.reference, row.what, row.at.astimezone(UK).date(), _words(row.state), words


def decision_rows(round_: Round, hide: Hiding) -> Rows:
    """Each decision about a bid that its group has heard of, with the reason."""
    wanted = (
        sa.select(Bid.reference, IS_TOLD.label("is_told"), sa.func.coalesce(Group.name, "").label("called"))
        .add_columns(BidDecision.verdict, BidDecision.sent_at, BidDecision.reason, BidDecision.advice)
        .join(BidDecision, BidDecision.bid_id == Bid.id)
        .outerjoin(Group, Group.id == Bid.group_id)
        .where(Bid.round_id == round_.id, BidDecision.sent_at <= now() - CALL_BACK_FOR)
        .where(BidDecision.called_back_at.is_(None))
        .order_by(BidDecision.sent_at, BidDecision.id)
    )
    for row in _read(wanted):
        texts = (hide(text, *_secret(row)) for text in (row.reason, row.advice))
        yield row.reference, _words(row.verdict), row.sent_at.astimezone(UK).date(), *texts


def _secret(row: sa.Row[Any]) -> tuple[str, ...]:
    """The name of a group of whose bid nobody was told, to be taken out of the reason for it."""
    return () if row.is_told or not row.called else (row.called,)


def _public(wanted: Any) -> Any:
    """Of awards those whose result is public and whose group has heard. Joins the decision and the event."""
    wanted = wanted.join(AwardDecision, AwardDecision.id == Award.decision_id).join(Event, Event.id == Award.event_id)
    return wanted.where(Event.poll.in_(IS_PUBLIC), Award.told_at <= now())


def award_rows(round_: Round, hide: Hiding) -> Rows:
    """Each award, with the decision, its reasons and the interests that were declared."""
    wanted = sa.select(Bid.reference, Event.name, Award.award_pence, Award.state, Award.ends_on, CALLED.label("called"))
    wanted = wanted.add_columns(AwardDecision.decided_on, AwardDecision.decided_by, AwardDecision.reason)
    wanted = wanted.add_columns(AwardDecision.alternatives, AwardDecision.interests, Award.freed_reason)
    wanted = wanted.join(Award, Award.bid_id == Bid.id).outerjoin(Group, Group.id == Bid.group_id)
    for row in _read(_public(wanted).where(Bid.round_id == round_.id).order_by(Event.name, Bid.id)):
        said = (row.decided_by, row.reason, row.alternatives, row.interests, row.freed_reason)
        yield (row.reference, row.called, row.name, row.award_pence, _words(row.state), row.ends_on, row.decided_on,
               *map(hide, said))  # fmt: skip


def money_rows(round_: Round, hide: Hiding) -> Rows:
    """What was planned and paid, and what came back."""
    paid = sa.select(Bid.reference, sa.literal("Payment").label("what"), Payment.number, Payment.pence)
    paid = paid.add_columns(sa.cast(Payment.state, sa.Text).label("state"), Payment.why)
    paid = paid.add_columns(sa.func.coalesce(Payment.paid_on, Payment.planned_on).label("on"))
    back = sa.select(Bid.reference, sa.literal("Return").label("what"), MoneyReturn.number, MoneyReturn.pence)
    back = back.add_columns(sa.literal("returned").label("state"), MoneyReturn.why, MoneyReturn.returned_on.label("on"))
    both = [
        _public(wanted.join(Award, Award.bid_id == Bid.id).join(kind, kind.award_id == Award.id))
        for wanted, kind in ((paid, Payment), (back, MoneyReturn))
    ]
    of_round = sa.union_all(*(wanted.where(Bid.round_id == round_.id) for wanted in both))
    for row in _read(of_round.order_by("reference", "what", "number")):
        yield row.reference, row.what, row.number, row.pence, _words(row.state), row.on, hide(row.why)


def monitoring_rows(round_: Round) -> Rows:
    """How each award was looked after, in numbers."""
    visits = sa.select(sa.func.count()).where(CheckIn.award_id == Award.id).scalar_subquery()
    last = sa.select(sa.func.max(CheckIn.met_on)).where(CheckIn.award_id == Award.id).scalar_subquery()
    promised = sa.select(sa.func.count()).where(Promise.award_id == Award.id).scalar_subquery()
    kept = sa.select(sa.func.count()).where(Promise.award_id == Award.id, Promise.kept_on.is_not(None))
    wanted = sa.select(Bid.reference, visits, last, promised, kept.scalar_subquery())
    wanted = wanted.add_columns(Report.sent_at, Report.people, Report.spent_pence, Report.left_pence)
    wanted = _public(wanted.join(Award, Award.bid_id == Bid.id).outerjoin(Report, Report.award_id == Award.id))
    for row in _read(wanted.where(Bid.round_id == round_.id).order_by(Bid.id, Award.id)):
        reference, number, last_on, promises, kept_ones, sent_at, *numbers = row
        sent_on = sent_at.astimezone(UK).date() if sent_at else None
        yield reference, number, last_on, promises, kept_ones, sent_on, *numbers


def ledger_lines(events: Iterable[Event]) -> Iterator[tuple[Event, str]]:
    """The lines of the ledgers of the events whose results are public, event by event, as they are published."""
    public = {event.id: event for event in events if event.poll in IS_PUBLIC}
    wanted = sa.select(LedgerEntry).where(LedgerEntry.event_id.in_(list(public)))
    for row in _read(wanted.order_by(LedgerEntry.event_id, LedgerEntry.seq)):
        event = public[row[0].event_id]
        yield event, f"{canonical(as_published(event, row[0]))}\n"
