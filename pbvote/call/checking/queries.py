"""One question to a group, and its answer. Nothing here commits."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.call.checking.interests import require_impartial
from pbvote.call.checking.letters import query_letter, write_to_group
from pbvote.call.checking.models import Query
from pbvote.call.checking.names import named
from pbvote.call.checking.tags import NoSuchLink, typed_tag
from pbvote.call.groups.models import GroupContact
from pbvote.core.clock import now
from pbvote.core.codes import new_code
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.people.models import Account

MOST_WORDS = 150


class AlreadyAsked(Refusal):
    """One question at a time."""

    def __init__(self) -> None:
        super().__init__("A question to this group is open. Wait for the answer, or take the question back first.")


class NotStanding(Refusal):
    """What is decided needs no answer."""

    def __init__(self) -> None:
        super().__init__("This bid is refused or withdrawn, so there is nothing to ask about it.")


class NobodyToAsk(Refusal):
    """An imported bid has no contact."""

    def __init__(self) -> None:
        super().__init__("No contact is known for this bid, so nobody would get the question.")


class NotWaiting(Refusal):
    """The question was answered, taken back, or overtaken by a decision."""

    def __init__(self) -> None:
        super().__init__("This question is no longer open: it was answered, or we no longer need the answer.")


def ask(bid: Bid, question: str, answer_by: dt.date, by: Account) -> Query:
    """Mail the group one question with a day. Raises `AlreadyAsked`, and as `require_askable`."""
    require_askable(bid, by)
    code = new_code()
    values = {"bid_id": bid.id, "question": question, "answer_by": answer_by, "asked_at": now()}
    values |= {"asked_by_id": by.id, "tag": typed_tag("query", code)}
    asked = db.session.scalar(insert_if_absent(Query, values).returning(Query.id))
    if asked is None:
        raise AlreadyAsked
    query = db.session.get_one(Query, asked)
    write_to_group(bid, query_letter(query, code), code=code)
    return query


def require_askable(bid: Bid, by: Account) -> None:
    """Raise `NotImpartial`, `NotStanding` or `NobodyToAsk` where this account can't ask the bid's group."""
    require_impartial(bid, by)
    if not bid.is_standing:
        raise NotStanding
    if not (bid.group and bid.group.contacts):
        raise NobodyToAsk


def answer(query: Query, words: str) -> None:
    """Keep the group's answer. One that comes after the day is kept too. Raises `NotWaiting`."""
    _close(query, answer=words, answered_at=now())


def cancel_query(query: Query, by: Account) -> None:
    """Take a question back: the answer is no longer needed. Raises `NotWaiting`, `NotImpartial`."""
    require_impartial(query.bid, by)
    _close(query, closed_at=now())


def _close(query: Query, **values: object) -> None:
    claim = sa.update(Query).where(Query.id == query.id, Query.answered_at.is_(None), Query.closed_at.is_(None))
    if db.session.scalar(claim.values(**values).returning(Query.id)) is None:
        raise NotWaiting
    db.session.refresh(query)


def close_queries_of(bid: Bid) -> None:
    """Close what is open: the bid is decided, so nobody needs the answer any more."""
    open_ones = sa.update(Query).where(Query.bid_id == bid.id, Query.answered_at.is_(None), Query.closed_at.is_(None))
    db.session.execute(open_ones.values(closed_at=now()))


def query_with(typed: str) -> Query:
    """The query whose letter has this code, open or not. Raises `NoSuchLink`."""
    query = db.session.scalar(_whole().where(Query.tag == typed_tag("query", typed)))
    if query is None:
        raise NoSuchLink(typed)
    return query


def query_of_contact(query_id: int, contact: Account) -> Query | None:
    """A query to a group that this account speaks for."""
    mine = sa.select(GroupContact.group_id).where(GroupContact.account_id == contact.id)
    return db.session.scalar(_whole().where(Query.id == query_id, Bid.group_id.in_(mine)))


def _whole() -> sa.Select[Query]:
    bid = orm.contains_eager(Query.bid)
    return sa.select(Query).join(Query.bid).options(bid.joinedload(Bid.round, innerjoin=True))


def queries_of(bid: Bid) -> list[Query]:
    """Everything that was asked about the bid, oldest first."""
    return list(
        db.session.scalars(
            sa.select(Query).where(Query.bid_id == bid.id).options(named(Query.asked_by)).order_by(Query.id)
        )
    )
