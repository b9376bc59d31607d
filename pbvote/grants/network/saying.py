"""What a card's author says of it: still so, helped, not yet, not any more. Nothing here commits.

They press it on their own page, or behind the link of a letter.
"""

import enum
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import sqlalchemy as sa

from pbvote.code_tags import tag_of
from pbvote.core.clock import today
from pbvote.core.codes import read_code
from pbvote.db import db
from pbvote.grants.network import letters
from pbvote.grants.network.cards import CardMoved, HeldCard, hold_card, whole_cards
from pbvote.grants.network.models import (
    CardState,
    Introduction,
    IntroductionOutcome,
    WallAnswer,
    WallCard,
    in_eight_weeks,
)
from pbvote.people.codes import WrongCode


class AuthorSays(enum.StrEnum):
    """One press of a card's author."""

    STILL = "still"
    HELPED = "helped"
    NOT_YET = "not_yet"
    FELL_THROUGH = "fell_through"
    ANSWERED = "answered"
    END = "end"


SAID: Final[Mapping[AuthorSays, str]] = {
    AuthorSays.STILL: "It stays on the wall for eight weeks from today.",
    AuthorSays.HELPED: "Good to hear. It stands on the wall as helped.",
    AuthorSays.NOT_YET: "We ask again in three weeks.",
    AuthorSays.FELL_THROUGH: "It is open on the wall again.",
    AuthorSays.ANSWERED: "Thank you for answering.",
    AuthorSays.END: "It has left the wall.",
}
"""What they read after it."""


class UnknownWallCard(WrongCode):
    """A link that leads to no card: mistyped, replaced by a newer letter's, or long out of date."""

    def __init__(self, typed: str) -> None:
        super().__init__("This link does not work any more. Use the newest letter.", typed)


def card_with(typed: str) -> WallCard:
    """The card that the code of a letter leads to. Raises `UnknownWallCard`."""
    code = read_code(typed)
    found = db.session.scalar(whole_cards().where(WallCard.tag == (tag_of("wall card", code) if code else b"")))
    if found is None:
        raise UnknownWallCard(typed)
    return found


def choices_of(card: WallCard, *, has_answers: bool) -> Sequence[tuple[AuthorSays, str]]:
    """What its author can press at present, in the words of its buttons; the most welcome first."""
    if not card.is_live:
        return ()
    choices = [(AuthorSays.ANSWERED, "I have answered them")] if has_answers else []
    if card.is_need:
        choices.append((AuthorSays.HELPED, "It helped"))
    if card.is_need and card.state is CardState.INTRODUCED:
        choices += [(AuthorSays.NOT_YET, "Not yet"), (AuthorSays.FELL_THROUGH, "Nothing came of it")]
    if card.asked_on:
        choices.append((AuthorSays.STILL, "It is still so"))
    return (*choices, (AuthorSays.END, "It is not needed any more" if card.is_need else "I can’t any more"))


def say(card_id: int, what: AuthorSays) -> None:
    """Do what a card's author pressed. Raises `CardMoved` where it has ended, or that can't be said of it."""
    held = hold_card(card_id)
    if not held.card.is_live:
        raise CardMoved
    _DONE[what](held)
    db.session.flush()


def _keep(held: HeldCard) -> None:
    held.card.ends_on, held.card.asked_on = in_eight_weeks(), None


def _helped(held: HeldCard) -> None:
    _require_need(held)
    for card in filter(None, (held.card, held.partner)):
        card.state = CardState.HELPED
    if held.introduction:
        _close(held.introduction, IntroductionOutcome.HELPED)


def _not_yet(held: HeldCard) -> None:
    _require_need(held)
    if held.introduction is None:
        raise CardMoved
    held.introduction.asked_on = today()


def _fell_through(held: HeldCard) -> None:
    _require_need(held)
    if held.introduction is None or held.partner is None:
        raise CardMoved
    held.card.state = CardState.OPEN
    _let_go(held)


def _answered(held: HeldCard) -> None:
    mine = sa.and_(WallAnswer.card_id == held.card.id, WallAnswer.confirmed_on.is_not(None))
    db.session.execute(sa.update(WallAnswer).where(mine, WallAnswer.answered_on.is_(None)).values(answered_on=today()))


def _require_need(held: HeldCard) -> None:
    if not held.card.is_need:
        raise CardMoved


def end_held(held: HeldCard, why: str = "") -> None:
    """End a card. Whoever it was introduced to is open again, and told. `why` is that of one that is taken down."""
    held.card.state, held.card.ended_on, held.card.taken_down = CardState.ENDED, today(), why
    if held.introduction:
        _let_go(held)


def _let_go(held: HeldCard) -> None:
    """The introduction is over, and its other card open again."""
    if held.introduction and held.partner:
        _close(held.introduction, IntroductionOutcome.FELL_THROUGH)
        held.partner.state = CardState.OPEN
        letters.say_it_fell_through(held.partner, held.card)


def _close(introduction: Introduction, outcome: IntroductionOutcome) -> None:
    introduction.outcome, introduction.over_on = outcome, today()


_DONE: Final[Mapping[AuthorSays, Callable[[HeldCard], None]]] = {
    AuthorSays.STILL: _keep,
    AuthorSays.HELPED: _helped,
    AuthorSays.NOT_YET: _not_yet,
    AuthorSays.FELL_THROUGH: _fell_through,
    AuthorSays.ANSWERED: _answered,
    AuthorSays.END: end_held,
}
