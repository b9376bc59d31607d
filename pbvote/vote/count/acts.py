"""What takes two people about a count: the count itself, and a draw in the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from pbvote.vote.acts.kinds import ActKind, register
from pbvote.vote.acts.models import Act
from pbvote.vote.count.account import account_of, stated_account
from pbvote.vote.count.account_words import sections_of
from pbvote.vote.count.box import open_box
from pbvote.vote.count.finishing import finish_sealing, finish_study
from pbvote.vote.count.outcome import bids_by_reference, draw_tie, taken_out
from pbvote.vote.count.sealing import count_poll


@dataclass(frozen=True, slots=True)
class Counting:
    """A digest of what the two people look at: see `pbvote.vote.count.sealing.seen_by_two`."""

    seen: str


@dataclass(frozen=True, slots=True)
class DrawnOrder:
    """The order in which the names were drawn: references, first drawn first."""

    order: tuple[str, ...]


def _seal(act: Act) -> None:
    slug, asker = act.event.slug, act.asker
    finish_sealing(slug, asker)
    finish_study(slug)


def _account(act: Act) -> Mapping[str, Any]:
    """The code account as it stands, once the poll is closed."""
    event = act.event
    account = account_of(event, open_box(event), stated_account(event))
    return {"account": account, "sections": sections_of(account), "taken_out": taken_out(event)}


COUNT = register(
    ActKind(
        name="count",
        body=Counting,
        do=lambda act, body: count_poll(act.event, act.asker, act.second, body.seen),
        asked=lambda act, _body: f"count the votes of {act.event.name} and seal them",
        look_first=(
            "Is voting closed? Has everybody in the line voted? Have you read the code account? "
            "After this voting can’t be opened again, and no ballot can be led back to its slip."
        ),
        button="I have read the account, and confirm",
        occasion="the count and the seal",
        said=lambda _body: "The votes are counted and sealed.",
        then=_seal,
        template="vote/count/_to_count.html",
        facts=_account,
        shown_at=lambda act: url_for("count_desk.account", slug=act.event.slug),
    )
)


def _asked_to_draw(act: Act, body: DrawnOrder) -> str:
    bids = bids_by_reference(act.event)
    names = "; ".join(f"{place}. {bids[reference].title}" for place, reference in enumerate(body.order, 1))
    return f"enter the draw, in this order: {names}"


DRAW = register(
    ActKind(
        name="draw",
        body=DrawnOrder,
        do=lambda act, body: draw_tie(act.event, body.order, act.asker, act.second),
        asked=_asked_to_draw,
        look_first="Did you see the names drawn, in this order?",
        button="I saw the draw, and confirm",
        occasion="the draw after a tie",
        said=lambda _body: "The draw is entered.",
        then=lambda act: finish_study(act.event.slug),
    )
)
