"""The bids board: what an organiser sees of a round's bids at once. Nothing here writes.

Everything is read as plain values in a fixed number of statements, then filtered and put in order here: what is asked
of the likeness of names needs all bids of the round anyway.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from werkzeug.datastructures import MultiDict

from pbvote.call.bids.models import STANDING, Ask, Bid, BidHistory, BidState, Wording
from pbvote.call.checking.likeness import Bidder, Match, likely_duplicates
from pbvote.call.checking.models import Appeal, BidDecision, DecisionKind, Query, Tick
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Round, Share
from pbvote.config import LANGUAGES
from pbvote.core.clock import UK, today
from pbvote.db import db
from pbvote.people.models import Account


@dataclass(slots=True)
class BoardLine:
    """One bid on the board."""

    id: int
    reference: str
    title: str
    group_id: int | None
    group: str
    number: str
    state: BidState
    received_at: dt.datetime
    sent_at: dt.datetime | None
    answer_by: dt.date | None
    draft: DecisionKind | None
    is_looked_at_again: bool
    languages: int
    has_photo: bool
    last_at: dt.datetime | None
    last_by: str
    asks: dict[int, int] = field(default_factory=dict)
    """Pence by locality id."""
    ticks: tuple[int, int] = (0, 0)
    """How many lines of the checklist are met, and how many are not."""
    matches: Sequence[Match] = ()
    is_late: bool = False

    @property
    def ask_pence(self) -> int:
        """What it asks for, from all localities together."""
        return sum(self.asks.values())

    @property
    def is_overdue(self) -> bool:
        """Whether an answer is waited for and its day has passed."""
        return self.answer_by is not None and self.answer_by < today()

    @property
    def lacks_translation(self) -> bool:
        """Whether one of the voters' languages has no words for it."""
        return self.languages < len(LANGUAGES) - 1

    @property
    def needs_decision(self) -> bool:
        """Whether it waits for the desk, and for nobody else."""
        is_undecided = self.state is BidState.RECEIVED and self.draft is None and self.answer_by is None
        return is_undecided or self.is_looked_at_again


@dataclass(frozen=True, slots=True)
class AskedBar:
    """What is asked of a locality against its share, in pence."""

    name: str
    bids: int
    asked_pence: int
    share_pence: int

    @property
    def whole_pence(self) -> int:
        """What the picture's full width stands for."""
        return max(self.asked_pence, self.share_pence, 1)


@dataclass(frozen=True, slots=True)
class Found:
    """How many bids were found, what they ask together, and which page of how many is shown."""

    total: int
    ask_pence: int
    number: int
    last: int


FLAGS: Mapping[str, tuple[str, Callable[[BoardLine], bool]]] = {
    "undecided": ("Waits for us", lambda line: line.needs_decision),
    "waiting": ("Waits for the group’s answer", lambda line: line.answer_by is not None),
    "overdue": ("The answer is overdue", lambda line: line.is_overdue),
    "drafted": ("A decision is drafted", lambda line: line.draft is not None),
    "again": ("Asks us to look again", lambda line: line.is_looked_at_again),
    "duplicate": ("May be a duplicate", lambda line: bool(line.matches)),
    "late": ("Came after the close", lambda line: line.is_late),
    "untranslated": ("Lacks a translation", lambda line: line.lacks_translation),
    "photo": ("Has a photo", lambda line: line.has_photo),
}
ORDERS: Mapping[str, tuple[str, Callable[[BoardLine], Any]]] = {
    "number": ("Number", lambda line: line.id),
    "title": ("Project", lambda line: line.title.casefold()),
    "group": ("Group", lambda line: line.group.casefold()),
    "most": ("Most asked first", lambda line: (-line.ask_pence, line.id)),
    "least": ("Least asked first", lambda line: (line.ask_pence, line.id)),
    "newest": ("Newest first", lambda line: (-line.received_at.timestamp(), line.id)),
    "urgent": ("Earliest answer first", lambda line: (line.answer_by or dt.date.max, line.id)),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the board shows, and in which order."""

    locality_id: int | None = None
    state: BidState | None = None
    flag: str = ""
    words: str = ""
    order: str = "number"

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves bids out that another choice would show."""
        return self != Filter(order=self.order)

    def of(self, lines: Iterable[BoardLine]) -> list[BoardLine]:
        """The bids that it shows, in its order."""
        return sorted(filter(self.shows, lines), key=ORDERS[self.order][1])

    def shows(self, line: BoardLine) -> bool:
        """Whether this bid is among them."""
        if self.locality_id is not None and self.locality_id not in line.asks:
            return False
        if self.state is not None and line.state is not self.state:
            return False
        if self.flag and not FLAGS[self.flag][1](line):
            return False
        told = f"{line.reference} {line.title} {line.group} {line.number}".casefold()
        return all(word in told for word in self.words.casefold().split())


def filter_asked(round_: Round, asked: "MultiDict[str, str]") -> Filter:
    """What an address asks for; what makes no sense in it is left out."""
    locality = next((s.locality_id for s in round_.shares if str(s.locality_id) == asked.get("locality")), None)
    flag, order = asked.get("flag", ""), asked.get("order", "")
    return Filter(
        locality_id=locality,
        state=asked.get("state", type=BidState),
        flag=flag if flag in FLAGS else "",
        words=asked.get("words", "").strip()[:100],
        order=order if order in ORDERS else "number",
    )


def lines_of(round_: Round) -> list[BoardLine]:
    """Every bid of the round, by number."""
    lines = {row.id: BoardLine(**row._mapping) for row in db.session.execute(_bids_of(round_.id))}
    for bid_id, locality_id, pence in db.session.execute(_in_round(Ask, round_.id, Ask.locality_id, Ask.ask_pence)):
        lines[bid_id].asks[locality_id] = pence
    for bid_id, met, unmet in db.session.execute(_ticks_of(round_.id)):
        lines[bid_id].ticks = (met, unmet)
    closing = {share.locality_id: share.bids_close_on for share in round_.shares}
    matches = likely_duplicates(_bidders(round_.id, lines.values()))
    for line in lines.values():
        line.matches = matches.get(line.id, ())
        line.is_late = _is_late(line, closing)
    return list(lines.values())


def _is_late(line: BoardLine, closing: Mapping[int, dt.date]) -> bool:
    if line.sent_at is None:
        return False
    sent_on = line.sent_at.astimezone(UK).date()
    return any(sent_on > closing[locality_id] for locality_id in line.asks if locality_id in closing)


def _bids_of(round_id: int) -> sa.Executable:
    """A row for each bid, with what it has one of at most: an open question, a draft, a second look, the last act."""
    newest = sa.select(sa.func.max(BidHistory.id)).where(BidHistory.bid_id == Bid.id).correlate(Bid)
    worded = sa.select(sa.func.count()).where(Wording.bid_id == Bid.id).correlate(Bid)
    again = sa.exists().where(
        Appeal.decision_id == BidDecision.id, BidDecision.bid_id == Bid.id, Appeal.decided_at.is_(None)
    )
    draft = orm.aliased(BidDecision)
    is_open = sa.and_(Query.bid_id == Bid.id, Query.answered_at.is_(None), Query.closed_at.is_(None))
    is_draft = sa.and_(draft.bid_id == Bid.id, draft.sent_at.is_(None), draft.dropped_at.is_(None))
    return (
        sa.select(
            Bid.id,
            Bid.reference,
            Bid.title,
            Bid.group_id,
            sa.func.coalesce(Group.name, "").label("group"),
            sa.func.coalesce(Group.registered_number, "").label("number"),
            Bid.state,
            Bid.received_at,
            Bid.sent_at,
            Query.answer_by,
            draft.verdict.label("draft"),
            again.correlate(Bid).label("is_looked_at_again"),
            worded.scalar_subquery().label("languages"),
            Bid.photo_id.is_not(None).label("has_photo"),
            BidHistory.at.label("last_at"),
            sa.func.coalesce(Account.name, "").label("last_by"),
        )
        .outerjoin(Group, Group.id == Bid.group_id)
        .outerjoin(Query, is_open)
        .outerjoin(draft, is_draft)
        .outerjoin(BidHistory, BidHistory.id == newest.scalar_subquery())
        .outerjoin(Account, Account.id == BidHistory.account_id)
        .where(Bid.round_id == round_id)
        .order_by(Bid.id)
    )


def _in_round(table: type[Ask], round_id: int, *columns: Any) -> sa.Select[Any]:
    return sa.select(table.bid_id, *columns).join(Bid, Bid.id == table.bid_id).where(Bid.round_id == round_id)


def _ticks_of(round_id: int) -> sa.Select[int, Any, int]:
    """For each bid how many lines of the checklist are met and how many are not, by their newest notes."""
    newest = sa.select(sa.func.max(Tick.id)).join(Bid, Bid.id == Tick.bid_id).where(Bid.round_id == round_id)
    newest = newest.group_by(Tick.bid_id, Tick.question)
    met = sa.func.sum(sa.case((Tick.is_met, 1), else_=0))
    return sa.select(Tick.bid_id, met, sa.func.count(Tick.id) - met).where(Tick.id.in_(newest)).group_by(Tick.bid_id)


def _bidders(round_id: int, lines: Any) -> list[Bidder]:
    """Whoever bids, but for those who withdrew; with the e-mail addresses of their contacts."""
    emails: dict[int, set[str]] = defaultdict(set)
    wanted = sa.select(GroupContact.group_id, Account.email).join(Account, Account.id == GroupContact.account_id)
    bidding = sa.select(Bid.group_id).where(Bid.round_id == round_id)
    for group_id, email in db.session.execute(wanted.where(GroupContact.group_id.in_(bidding))):
        emails[group_id].add(email)
    return [
        Bidder(line.id, line.group, line.number, frozenset(emails[line.group_id]))
        for line in lines
        if line.group_id is not None and line.state is not BidState.WITHDRAWN
    ]


def bars_of(shares: Sequence[Share], lines: Sequence[BoardLine]) -> list[AskedBar]:
    """For each locality what the bids that stand ask together, against its share."""
    return [
        AskedBar(
            share.locality.name,
            sum(share.locality_id in line.asks and line.state in STANDING for line in lines),
            sum(line.asks.get(share.locality_id, 0) for line in lines if line.state in STANDING),
            share.share_pence,
        )
        for share in shares
    ]


def next_bid(round_id: int, after: int, close_to: frozenset[int]) -> int | None:
    """The id of the bid that waits for a decision next, from the start again; none of these groups' bids."""
    lines = [BoardLine(**row._mapping) for row in db.session.execute(_bids_of(round_id))]
    waiting = [each.id for each in lines if each.needs_decision and each.group_id not in close_to and each.id != after]
    return next((bid_id for bid_id in waiting if bid_id > after), waiting[0] if waiting else None)
