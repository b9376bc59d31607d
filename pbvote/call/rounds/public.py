"""Rounds, for anyone."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.call.rounds import service
from pbvote.call.rounds.from_above import bids_in, last_time
from pbvote.call.rounds.models import Round, RoundState
from pbvote.call.rounds.occasions import occasions_of
from pbvote.call.rounds.preview import sentences
from pbvote.core.money import format_money

door = public_door("rounds", __name__)


def open_round_called(slug: str) -> Round:
    """The round, where the public may see it; else 404."""
    round_ = service.round_called(slug)
    if round_ is None or round_.state is not RoundState.OPEN:
        abort(404)
    return round_


@door.get("/rounds/<slug:slug>")
def one_round(slug: str) -> ResponseReturnValue:
    """The pot, and each locality's share, dates and rules."""
    round_ = open_round_called(slug)
    planned = occasions_of(round_.id, [share.locality_id for share in round_.shares])
    return render_template(
        "call/rounds/round.html",
        round=round_,
        takes_bids=service.takes_bids,
        occasions=planned,
        sentences={share.id: sentences(share, planned.get(share.locality_id)) for share in round_.shares},
        bids_in=bids_in.of(round_.shares),
        last_time=last_time.of(round_.shares),
        asked=round_.grant_rules.asked_afterwards(lambda pence: format_money(pence, round_.currency)),
    )
