"""Answer a card: kept until its address is confirmed, then passed on to whoever reads it. Nothing here commits."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.code_tags import tag_of
from pbvote.core.clock import today
from pbvote.core.codes import new_code, read_code
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.network import letters
from pbvote.grants.network.cards import is_on_wall, whole_cards
from pbvote.grants.network.models import WallAnswer, WallCard
from pbvote.people.codes import WrongCode
from pbvote.people.models import Account

UNCONFIRMED_DAYS, KEPT_DAYS = 7, 92
MOST_WAITING = 30
"""Answers to one card that nobody has confirmed or answered: a flood ends here whatever networks it comes from."""


class TooManyAnswers(Refusal):
    """More than a group can read."""

    status = 429

    def __init__(self) -> None:
        super().__init__("Many people have answered this card already. Look at another one.")


class UnknownAnswer(WrongCode):
    """A link that leads to no answer that could be passed on."""

    def __init__(self, typed: str) -> None:
        super().__init__("This link does not work any more. Answer the card again.", typed)


class CardGone(Refusal):
    """The card has left the wall."""

    def __init__(self) -> None:
        super().__init__("This card is not on the wall any more. Look at the others.")


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """What somebody answers to a card."""

    name: str
    email: str
    words: str
    own_card_id: int | None = None


def answer_card(card: WallCard, new: NewAnswer, by: Account | None) -> WallAnswer:
    """Keep what somebody answers. Where they are signed in with the same address it is passed on at once; else a letter
    asks them first. Raises `TooManyAnswers`.
    """
    waits = sa.select(sa.func.count()).select_from(WallAnswer)
    waits = waits.where(WallAnswer.card_id == card.id, WallAnswer.answered_on.is_(None))
    if db.session.scalars(waits).one() >= MOST_WAITING:
        raise TooManyAnswers
    answer = WallAnswer(card_id=card.id, name=new.name, email=new.email, words=new.words, own_card_id=new.own_card_id)
    db.session.add(answer)
    if by and by.email == new.email.lower():
        answer.confirmed_on = today()
        _pass_on(answer, card)
    else:
        code = new_code()
        answer.tag = tag_of("wall answer", code)
        letters.ask_to_confirm(answer, code)
    db.session.flush()
    return answer


def _pass_on(answer: WallAnswer, card: WallCard) -> None:
    own = None
    if answer.own_card_id:
        own = db.session.scalar(whole_cards().where(WallCard.id == answer.own_card_id))
    letters.pass_on(answer, card, own)


def confirm_answer(typed: str) -> None:
    """Pass an answer on, once: a second press finds it confirmed. Raises `UnknownAnswer` and `CardGone`."""
    claim = sa.update(WallAnswer).where(_has(typed), WallAnswer.confirmed_on.is_(None)).values(confirmed_on=today())
    answer = db.session.scalar(claim.returning(WallAnswer))
    if answer is None:
        if db.session.scalar(sa.select(WallAnswer.id).where(_has(typed))) is None:
            raise UnknownAnswer(typed)
        return
    card = db.session.scalar(whole_cards().where(WallCard.id == answer.card_id, is_on_wall()))
    if card is None:
        raise CardGone
    _pass_on(answer, card)


def delete_answer(typed: str) -> None:
    """Delete what somebody answered, passed on or not. Raises `UnknownAnswer`."""
    gone = sa.delete(WallAnswer).where(_has(typed)).returning(WallAnswer.id)
    if db.session.scalar(gone) is None:
        raise UnknownAnswer(typed)


def _has(typed: str) -> sa.ColumnElement[bool]:
    code = read_code(typed)
    return WallAnswer.tag == (tag_of("wall answer", code) if code else b"")


def forget_answers() -> int:
    """Delete answers that nobody confirmed in a week, and all others after `KEPT_DAYS`; how many they were."""
    is_lost = sa.and_(
        WallAnswer.confirmed_on.is_(None), WallAnswer.asked_on < today() - dt.timedelta(days=UNCONFIRMED_DAYS)
    )
    is_old = WallAnswer.asked_on < today() - dt.timedelta(days=KEPT_DAYS)
    return len(db.session.scalars(sa.delete(WallAnswer).where(sa.or_(is_lost, is_old)).returning(WallAnswer.id)).all())
