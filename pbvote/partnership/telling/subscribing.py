"""Take an address that wants to know, confirm it, change what it is told, stop, forget. Nothing here commits."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import now, today
from pbvote.db import db, insert_if_absent, insert_into
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.partnership.letter_links import new_links
from pbvote.partnership.meetings.models import MeetingQuestion
from pbvote.partnership.meetings.questions import asked_with_address
from pbvote.partnership.telling import happenings as happenings
from pbvote.partnership.telling import letters
from pbvote.partnership.telling.models import AwaitedAnswer, Subscriber
from pbvote.people.codes import WrongCode

MOST_UNCONFIRMED: Final = 500
"""For one partnership: a flood ends here whatever networks it comes from."""
UNCONFIRMED_DAYS: Final = 7
AWAITED_DAYS: Final = 365
LOOKS_BACK: Final = dt.timedelta(days=2)
"""What somebody ticks anew is told from so long ago on."""
_WEEK: Final = dt.timedelta(days=7)


class TooManyAddresses(Refusal):
    """More than a locality has people who ask in a week."""

    status = 429

    def __init__(self) -> None:
        super().__init__("Very many people have asked this week. Try again tomorrow.")


class UnknownSubscription(WrongCode):
    """A link that leads to no address: mistyped, of an address that was deleted, or stopped before."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            "This link leads to no address that we write to. If you stopped the letters, you get none.", typed
        )


def subscribe(locality: Locality, email: str, kinds: Sequence[str]) -> None:
    """Write a letter with a button to this address: nothing is told before it is pressed.

    Asked again on the same day, nothing more is written. An address that is told already reads how to change it, once a
    week at most; nobody can change that without its letters. Raises `TooManyAddresses`.
    """
    subscriber = _row_of(locality.id, email)
    if subscriber.confirmed_on is None:
        subscriber.kinds = list(kinds)
        _ask(subscriber, locality)
    elif subscriber.asked_on is None or subscriber.asked_on <= today() - _WEEK:
        subscriber.asked_on = today()
        letters.say_told_already(subscriber, locality)
    db.session.flush()


@asked_with_address
def await_answer(question: MeetingQuestion, locality_id: int, email: str) -> None:
    """Tell this address once the question is answered. A press of its letter’s button confirms each question."""
    locality = db.session.get_one(Locality, locality_id)
    subscriber = _row_of(locality.id, email)
    waits = sa.exists().where(AwaitedAnswer.subscriber_id == subscriber.id, AwaitedAnswer.confirmed_on.is_(None))
    is_asked = db.session.scalars(sa.select(waits)).one()
    row = {"subscriber_id": subscriber.id, "question_id": question.id, "asked_on": today()}
    db.session.execute(insert_if_absent(AwaitedAnswer, row))
    if subscriber.confirmed_on is None:
        _ask(subscriber, locality)
    elif not is_asked:
        letters.ask_about_question(subscriber, locality)
    db.session.flush()


def _row_of(locality_id: int, email: str) -> Subscriber:
    """The address’s row, made where there is none, and held. Raises `TooManyAddresses`."""
    row = {"locality_id": locality_id, "email": email.lower(), "kinds": [], **new_links(Subscriber)}
    insert = insert_into(Subscriber).values(row)
    claim = insert.on_conflict_do_update(
        index_elements=["locality_id", "email"], set_={"email": insert.excluded.email}
    ).returning(Subscriber)
    subscriber = db.session.scalars(claim, execution_options={"populate_existing": True}).one()
    unconfirmed = sa.select(sa.func.count()).select_from(Subscriber)
    unconfirmed = unconfirmed.where(Subscriber.locality_id == locality_id, Subscriber.confirmed_on.is_(None))
    if db.session.scalars(unconfirmed).one() > MOST_UNCONFIRMED:
        raise TooManyAddresses
    return subscriber


def _ask(subscriber: Subscriber, locality: Locality) -> None:
    if subscriber.take_a_letter():
        letters.ask_to_confirm_telling(subscriber, locality)


def confirm_telling(typed: str) -> None:
    """Begin to tell, and to wait for the answers to its questions. Pressed again, nothing changes.

    Raises `UnknownSubscription`.
    """
    first, since = sa.func.coalesce(Subscriber.confirmed_on, today()), sa.func.coalesce(Subscriber.told_at, now())
    values = {"confirmed_on": first, "told_at": since, "asked_on": None, "letters": 0}
    claim = sa.update(Subscriber).where(Subscriber.with_code(typed)).values(values).returning(Subscriber.id)
    found = db.session.scalar(claim)
    if found is None:
        raise UnknownSubscription(typed)
    waiting = sa.update(AwaitedAnswer).where(AwaitedAnswer.subscriber_id == found)
    db.session.execute(waiting.where(AwaitedAnswer.confirmed_on.is_(None)).values(confirmed_on=today()))


def subscriber_with(typed: str) -> Subscriber:
    """The confirmed address whose letters have this code. Raises `UnknownSubscription`."""
    wanted = sa.select(Subscriber).where(Subscriber.with_code(typed), Subscriber.confirmed_on.is_not(None))
    return db.session.scalar(wanted) or _unknown(typed)


def _unknown(typed: str) -> Subscriber:
    raise UnknownSubscription(typed)


def questions_awaited(subscriber: Subscriber) -> int:
    """How many of its questions wait for an answer."""
    wanted = sa.select(sa.func.count()).select_from(AwaitedAnswer)
    confirmed = (AwaitedAnswer.subscriber_id == subscriber.id, AwaitedAnswer.confirmed_on.is_not(None))
    return db.session.scalars(wanted.where(*confirmed)).one()


def change_telling(subscriber: Subscriber, kinds: Collection[str], *, awaits: bool) -> None:
    """Tell it these kinds from now on, and the answers to its questions or not."""
    if set(kinds) - set(subscriber.kinds) and subscriber.told_at:
        subscriber.told_at = max(subscriber.told_at, now() - LOOKS_BACK)
    subscriber.kinds = list(kinds)
    if not awaits:
        db.session.execute(sa.delete(AwaitedAnswer).where(AwaitedAnswer.subscriber_id == subscriber.id))


def delete_address(typed: str) -> None:
    """Delete an address that its letter’s code names, with all that is kept of it. Raises `UnknownSubscription`."""
    _delete(Subscriber.with_code(typed), typed)


def stop_telling(typed: str) -> None:
    """Stop, and keep nothing of the address. Raises `UnknownSubscription`."""
    _delete(Subscriber.with_stop_code(typed), typed)


def is_told(typed: str) -> bool:
    """Whether a stop code leads to an address."""
    return db.session.scalars(sa.select(sa.exists().where(Subscriber.with_stop_code(typed)))).one()


def _delete(which: sa.ColumnElement[bool], typed: str) -> None:
    if db.session.scalar(sa.delete(Subscriber).where(which).returning(Subscriber.id)) is None:
        raise UnknownSubscription(typed)


def count_told(locality: Locality) -> int:
    """How many addresses are told what this partnership does."""
    wanted = sa.select(sa.func.count()).select_from(Subscriber)
    return db.session.scalars(
        wanted.where(Subscriber.locality_id == locality.id, Subscriber.confirmed_on.is_not(None))
    ).one()


def forget_subscribers() -> int:
    """Delete addresses and questions that nobody confirmed in a week, questions that nobody answered in a year, and
    addresses that nothing is left to be told to; how many addresses."""
    lost, old = today() - dt.timedelta(days=UNCONFIRMED_DAYS), today() - dt.timedelta(days=AWAITED_DAYS)
    is_lost = sa.and_(AwaitedAnswer.confirmed_on.is_(None), AwaitedAnswer.asked_on < lost)
    db.session.execute(sa.delete(AwaitedAnswer).where(sa.or_(is_lost, AwaitedAnswer.asked_on < old)))
    is_silent = sa.and_(Subscriber.confirmed_on.is_(None), Subscriber.asked_on < lost)
    waits = sa.exists().where(AwaitedAnswer.subscriber_id == Subscriber.id)
    has_no_kind = sa.func.json_array_length(Subscriber.kinds) == 0
    gone = sa.delete(Subscriber).where(sa.or_(is_silent, sa.and_(has_no_kind, ~waits)))
    return len(db.session.scalars(gone.returning(Subscriber.id)).all())
