"""What takes two people about a count: the count itself, and a draw in the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from pbvote.vote.acts.kinds import ActKind, register
from pbvote.vote.acts.models import Act
from pbvote.vote.count.account_words import sections_of
from pbvote.vote.count.code_account import CodeAccount
from pbvote.vote.count.counting import agree_to_count, require_countable, seen_by_two
from pbvote.vote.count.finishing import finish
from pbvote.vote.count.outcome import draw_tie, places_by_reference, taken_out
from pbvote.vote.count.picture import sentence_of
from pbvote.vote.events.models import Event, Slot


@dataclass(frozen=True, slots=True)
class Counting:
    """The code account that the two people look at, and the digest that shows whether it still holds.

    See `pbvote.vote.count.counting.seen_by_two`. The account was worked out when the count was asked for.
    """

    seen: str
    account: dict[str, Any]

    @classmethod
    def of(cls, event: Event) -> "Counting":
        """What the two people look at now. It opens the box; raises what `require_countable` raises."""
        seen = seen_by_two(event)  # before the box is opened: what changes in between is noticed at the count
        return cls(seen, require_countable(event).to_dict())


@dataclass(frozen=True, slots=True)
class DrawnOrder:
    """The order in which the names were drawn: references, first drawn first."""

    order: tuple[str, ...]


def _account(act: Act, body: Counting) -> Mapping[str, Any]:
    """The code account, and the bids that get nothing."""
    account = CodeAccount.from_dict(body.account)
    return {
        "account": account,
        "sentence": sentence_of(account),
        "sections": sections_of(account),
        "taken_out": taken_out(act.event),
    }


COUNT = register(
    ActKind(
        name="count",
        body=Counting,
        do=lambda act, body: agree_to_count(act.event, act.asker, act.second, body.seen),
        asked=lambda _body, event: f"count the votes of {event.name} and seal them",
        look_first=(
            "Is voting closed? Has everybody in the line voted? Do the slips add up? "
            "After this, voting can’t be opened again, and nobody can tell which slip a ballot came from."
        ),
        button="I have read the numbers, and confirm",
        occasion="the count and the seal",
        said=lambda _body: "The votes are counted and sealed.",
        then=lambda act: finish(act.event, act.asker),
        template="vote/count/_to_count.html",
        facts=_account,
        shown_at=lambda act: url_for("count_desk.account", slug=act.event.slug),
    )
)


def _asked_to_draw(body: DrawnOrder, places: Mapping[str, Slot]) -> str:
    drawn = "; ".join(f"{turn}. {places[reference].as_on_paper}" for turn, reference in enumerate(body.order, 1))
    return f"enter the draw, in this order: {drawn}"


DRAW = register(
    ActKind(
        name="draw",
        body=DrawnOrder,
        do=lambda act, body: draw_tie(act.event, body.order, act.asker, act.second),
        asked=_asked_to_draw,
        reads=places_by_reference,
        look_first="Did you see the names drawn, in this order?",
        button="I saw the draw, and confirm",
        occasion="the draw after a tie",
        said=lambda _body: "The draw is entered.",
        then=lambda act: finish(act.event, act.asker),
    )
)
