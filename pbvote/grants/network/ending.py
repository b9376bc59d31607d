"""Cards that end by themselves: their authors are asked a week before. Nothing here commits."""

import datetime as dt
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.network import letters
from pbvote.grants.network.cards import hold_card, hold_cards, is_on_wall
from pbvote.grants.network.models import CardState, Introduction, WallCard
from pbvote.grants.network.saying import end_held

ASKED_BEFORE, HELPED_AFTER = dt.timedelta(weeks=1), dt.timedelta(weeks=3)
KEPT_DAYS = 92
"""After its end a card is kept so long: its author may read why it was taken down."""
BATCH = 5
_LIVE = (CardState.OPEN, CardState.INTRODUCED)


def cards_to_ask_about(day: dt.date) -> Iterator[Sequence[int]]:
    """The cards that end within a week and whose authors were not asked, a few at a time. It only reads."""
    wanted = sa.select(WallCard.id).where(_is_to_ask(day)).order_by(WallCard.id)
    return _in_batches(db.session.scalars(wanted).all())


def ask_still_so(card_ids: Sequence[int], day: dt.date) -> int:
    """Ask the authors of these cards, each once; how many were asked."""
    claim = sa.update(WallCard).where(WallCard.id.in_(card_ids), _is_to_ask(day)).values(asked_on=day)
    claimed = set(db.session.scalars(claim.returning(WallCard.id)))
    for card in hold_cards(claimed):
        letters.ask_whether_still_so(card)
    return len(claimed)


def _is_to_ask(day: dt.date) -> sa.ColumnElement[bool]:
    lasts = sa.and_(WallCard.state.in_(_LIVE), WallCard.asked_on.is_(None), is_on_wall())
    return sa.and_(lasts, WallCard.ends_on <= day + ASKED_BEFORE)


def introductions_to_ask_about(day: dt.date) -> Iterator[Sequence[int]]:
    """The introductions of which nobody has said for three weeks whether they helped. It only reads."""
    wanted = sa.select(Introduction.id).where(_is_silent(day)).order_by(Introduction.id)
    return _in_batches(db.session.scalars(wanted).all())


def ask_helped(introduction_ids: Sequence[int], day: dt.date) -> int:
    """Ask the needs' groups, each once in three weeks; how many were asked."""
    claim = sa.update(Introduction).where(Introduction.id.in_(introduction_ids), _is_silent(day)).values(asked_on=day)
    pairs = db.session.execute(claim.returning(Introduction.need_id, Introduction.offer_id)).all()
    held = {card.id: card for card in hold_cards({each for pair in pairs for each in pair})}
    for need_id, offer_id in pairs:
        letters.ask_whether_it_helped(held[need_id], held[offer_id])
    return len(pairs)


def _is_silent(day: dt.date) -> sa.ColumnElement[bool]:
    since = sa.func.coalesce(Introduction.asked_on, Introduction.made_on)
    return sa.and_(Introduction.outcome.is_(None), since <= day - HELPED_AFTER)


def _in_batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def end_cards() -> int:
    """End what is past its last day, and what lost the word that it stood on; how many they were."""
    is_over = sa.and_(WallCard.state != CardState.ENDED, ~is_on_wall())
    over = db.session.scalars(sa.select(WallCard.id).where(is_over).order_by(WallCard.id)).all()
    for card_id in over:
        end_held(hold_card(card_id))
        db.session.flush()
    return len(over)


def forget_cards() -> int:
    """Delete cards that ended `KEPT_DAYS` ago, with who was introduced and what was answered; how many they were."""
    is_old = sa.and_(WallCard.state == CardState.ENDED, WallCard.ended_on < today() - dt.timedelta(days=KEPT_DAYS))
    return len(db.session.scalars(sa.delete(WallCard).where(is_old).returning(WallCard.id)).all())
