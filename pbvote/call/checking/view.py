"""A bid's page: the bid, what was found and decided about it, and what may be done now. Nothing here writes."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.call.bids import deciding
from pbvote.call.bids.models import STANDING, Ask, Bid, BidHistory, BidState
from pbvote.call.checking.appeals import has_refused
from pbvote.call.checking.checklist import Rules, newest, rules_of, ticks_of
from pbvote.call.checking.decisions import CALL_BACK_FOR
from pbvote.call.checking.interests import interests_in
from pbvote.call.checking.kept_letters import how_far, to_whom
from pbvote.call.checking.likeness import Bidder, likely_duplicates
from pbvote.call.checking.models import (
    Appeal,
    BidDecision,
    DecisionKind,
    GroupLetter,
    GroupLetterCopy,
    Interest,
    Query,
    Tick,
)
from pbvote.call.checking.names import named
from pbvote.call.checking.queries import queries_of
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.filters import day
from pbvote.mail.models import Letter
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class Twin:
    """Another bid of the round that may be of the same group."""

    id: int
    reference: str
    title: str
    state: BidState
    why: str
    is_same_group: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a bid."""

    at: dt.datetime
    what: str
    who: str
    words: str = ""
    letter_id: int | None = None
    """The letter whose subject the words are."""


@dataclass(frozen=True, slots=True)
class BidPage:
    """Everything that the page of a bid shows to one account."""

    bid: Bid
    reader: Account
    shares: Sequence[Share]
    rules: Rules
    ticks: Sequence[Tick]
    queries: Sequence[Query]
    decisions: Sequence[tuple[BidDecision, Appeal | None]]
    interests: Sequence[Interest]
    twins: Sequence[Twin]
    letters: Sequence[GroupLetter]

    @classmethod
    def of(cls, bid_id: int, reader: Account) -> "BidPage | None":
        """The page of the bid with this number, in as many statements for a long history as for a short one."""
        bid = _whole_bid(bid_id)
        if bid is None:
            return None
        return cls(
            bid=bid,
            reader=reader,
            shares=[share for share in bid.round.shares if bid.ask_of(share.locality_id)],
            rules=rules_of(bid.round_id),
            ticks=ticks_of(bid),
            queries=queries_of(bid),
            decisions=_decisions_of(bid),
            interests=interests_in(bid),
            twins=twins_of(bid),
            letters=_letters_of(bid),
        )

    @property
    def newest_ticks(self) -> dict[str, Tick]:
        """What counts of the notes on the checklist, by question."""
        return newest(self.ticks)

    @property
    def query(self) -> Query | None:
        """The question that waits for its answer."""
        return next((query for query in self.queries if query.is_open), None)

    @property
    def draft(self) -> BidDecision | None:
        """The decision that was drafted and not sent."""
        return next((decision for decision, _ in self.decisions if decision.is_draft), None)

    @property
    def appeal(self) -> Appeal | None:
        """The second look that nobody has taken yet."""
        return next((appeal for _, appeal in self.decisions if appeal and appeal.decided_at is None), None)

    @property
    def fresh(self) -> BidDecision | None:
        """The decision whose letter can still be called back."""
        since = now() - CALL_BACK_FOR
        sent = (decision for decision, _ in self.decisions if decision.sent_at and not decision.called_back_at)
        return next((decision for decision in sent if decision.sent_at and decision.sent_at > since), None)

    @property
    def standing_interests(self) -> list[Interest]:
        """Whoever belongs to the group by declaration."""
        return [interest for interest in self.interests if interest.ended_at is None]

    @property
    def is_partial(self) -> bool:
        """Whether the reader belongs to the group, and so decides nothing here."""
        contacts = self.bid.group.contacts if self.bid.group else []
        close = {interest.account_id for interest in self.standing_interests}
        return self.reader.id in close | {contact.account_id for contact in contacts}

    @property
    def may_work(self) -> bool:
        """Whether the reader may do anything here: auditors read, and imported bids are looked at."""
        return Role.ORGANISER in self.reader.roles and self.bid.state is not BidState.IMPORTED

    @property
    def may_decide(self) -> bool:
        """Whether the reader may decide about this bid."""
        return self.may_work and not self.is_partial

    @property
    def may_shortlist(self) -> bool:
        """Whether the bid can go to the vote."""
        is_out = self.bid.state in (BidState.RECEIVED, BidState.REFUSED)
        return self.may_decide and is_out and self.appeal is None and self.why_not_shortlist is None

    @property
    def may_refuse(self) -> bool:
        """Whether the bid can be refused."""
        return self.may_decide and self.may_withdraw

    @property
    def may_withdraw(self) -> bool:
        """Whether the bid can be taken out at its group's wish: a colleague in the group may note that too."""
        return self.may_work and self.bid.is_standing and deciding.why_not_take_out(self.shares) is None

    @property
    def may_look_again(self) -> bool:
        """Whether the reader may take the second look."""
        return self.may_decide and self.appeal is not None and not has_refused(self.appeal.decision, self.reader)

    @property
    def why_not_shortlist(self) -> str | None:
        """Why the bid can't go to the vote, as a sentence; None where it can."""
        if refusal := deciding.why_not_shortlist(self.shares):
            return str(refusal)
        other = next((twin for twin in self.twins if twin.is_same_group and twin.state in STANDING), None)
        return str(deciding.AnotherStands(other.reference)) if other else None

    @property
    def steps(self) -> list[Happening]:
        """Everything that happened, oldest first."""
        return sorted(self._steps(), key=lambda step: step.at)

    def _steps(self) -> Iterator[Happening]:
        for done in self.bid.history:
            who = done.account.name if done.account else "The group"
            yield Happening(done.at, done.state.value.capitalize(), who, done.reason)
        for tick in self.ticks:
            words = ". ".join(filter(None, (tick.question, tick.reason)))
            yield Happening(tick.at, "Checked: yes" if tick.is_met else "Checked: no", tick.account.name, words)
        for query in self.queries:
            yield from _of_query(query)
        for decision, appeal in self.decisions:
            yield from _of_decision(decision, appeal)
        for interest in self.interests:
            what = f"{interest.account.name} belongs to the group: {interest.what}"
            yield Happening(interest.recorded_at, "Interest declared", interest.recorded_by.name, what)
            if interest.ended_at:
                yield Happening(interest.ended_at, "Interest ended", "An organiser", interest.account.name)
        for letter in self.letters:
            yield Happening(letter.written_at, how_far(letter), to_whom(letter), letter.subject, letter.id)


def _of_query(query: Query) -> Iterator[Happening]:
    yield Happening(query.asked_at, "Asked", query.asked_by.name, f"{query.question} Answer by {day(query.answer_by)}.")
    if query.answered_at:
        yield Happening(query.answered_at, "Answered", "The group", query.answer or "")
    if query.closed_at:
        yield Happening(query.closed_at, "Question closed", "An organiser", query.question)


def _of_decision(decision: BidDecision, appeal: Appeal | None) -> Iterator[Happening]:
    words = "To the vote" if decision.verdict is DecisionKind.SHORTLIST else f"Refuse. {decision.reason}"
    yield Happening(decision.drafted_at, "Drafted", decision.drafted_by.name, words)
    if decision.dropped_at:
        yield Happening(decision.dropped_at, "Draft dropped", "An organiser", words)
    if appeal:
        yield Happening(appeal.asked_at, "Asked to look again", "The group", appeal.words)
    if appeal and appeal.decided_at and appeal.decided_by:
        outcome = "Let in after a second look" if appeal.is_let_in else "Still refused after a second look"
        yield Happening(appeal.decided_at, outcome, appeal.decided_by.name, appeal.answer)


def _whole_bid(bid_id: int) -> Bid | None:
    """The bid with all that its page says, in two statements: its few asks, lines and words come with it."""
    return db.session.get(
        Bid,
        bid_id,
        options=(
            orm.joinedload(Bid.round, innerjoin=True).joinedload(Round.shares),
            orm.joinedload(Bid.ward),
            named(Bid.keyed_by),
            orm.joinedload(Bid.asks).joinedload(Ask.locality, innerjoin=True),
            orm.joinedload(Bid.lines),
            orm.joinedload(Bid.wordings),
            orm.joinedload(Bid.group).joinedload(Group.contacts).options(named(GroupContact.account)),
            orm.selectinload(Bid.history).options(named(BidHistory.account)),
        ),
    )


def _decisions_of(bid: Bid) -> list[tuple[BidDecision, Appeal | None]]:
    """Each decision about the bid with what its group asked to be looked at again, oldest first."""
    wanted = sa.select(BidDecision, Appeal).outerjoin(Appeal, Appeal.decision_id == BidDecision.id)
    wanted = wanted.where(BidDecision.bid_id == bid.id).order_by(BidDecision.id)
    wanted = wanted.options(named(BidDecision.drafted_by), named(Appeal.decided_by))
    return [(decision, appeal) for decision, appeal in db.session.execute(wanted)]


def _letters_of(bid: Bid) -> Sequence[GroupLetter]:
    """What the bid's group was written while it was checked, oldest first; without the texts."""
    wanted = sa.select(GroupLetter).where(GroupLetter.bid_id == bid.id).order_by(GroupLetter.id)
    copies = orm.joinedload(GroupLetter.copies)
    letter = copies.joinedload(GroupLetterCopy.letter, innerjoin=True).defer(Letter.body, raiseload=True)
    return db.session.scalars(wanted.options(orm.defer(GroupLetter.words, raiseload=True), letter)).unique().all()


def twins_of(bid: Bid) -> list[Twin]:
    """Other bids of the round that may be of the same group, those that were withdrawn left out."""
    if bid.group is None:
        return []
    wanted = (
        sa.select(
            Bid.id,
            Bid.reference,
            Bid.title,
            Bid.state,
            Bid.group_id,
            Group.name,
            Group.registered_number,
            Account.email,
        )
        .join(Group, Group.id == Bid.group_id)
        .outerjoin(GroupContact, GroupContact.group_id == Group.id)
        .outerjoin(Account, Account.id == GroupContact.account_id)
        .where(Bid.round_id == bid.round_id, sa.or_(Bid.state != BidState.WITHDRAWN, Bid.id == bid.id))
    )
    rows = db.session.execute(wanted.order_by(Bid.id)).all()
    emails: dict[int, set[str]] = {}
    for row in rows:
        emails.setdefault(row.id, set()).update([row.email] if row.email else [])
    known = {row.id: row for row in rows}
    bidders = [Bidder(row.id, row.name, row.registered_number, frozenset(emails[row.id])) for row in known.values()]
    matches = likely_duplicates(bidders).get(bid.id, [])
    found = [(known[match.bid_id], ", ".join(match.reasons)) for match in matches]
    return [Twin(row.id, row.reference, row.title, row.state, why, row.group_id == bid.group_id) for row, why in found]
