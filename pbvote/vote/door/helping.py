"""Help that stewards gave to voters: how often, of which kind, and nothing else. Nothing here commits."""

import sqlalchemy as sa

from pbvote.core.saying import N_
from pbvote.db import add_one, db
from pbvote.errors import Refusal
from pbvote.vote.door.models import HelpGiven, HelpKind
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import TAKES_PAPER

HELP_KINDS = {
    HelpKind.DEVICE: N_("Using the phone or tablet"),
    HelpKind.READING: N_("Reading the ballot paper"),
    HelpKind.LANGUAGE: N_("Another language"),
    HelpKind.MARKING: N_("Marking what they said"),
}


class NobodyVotes(Refusal):
    """Help is with a vote, so there is none before the opening and none after the count."""

    def __init__(self) -> None:
        super().__init__("Help is noted from the opening of voting until the votes are counted.")


def note_help(event: Event, kind: HelpKind) -> None:
    """Note that a steward helped somebody to vote: one more of its kind, without a time. Raises `NobodyVotes`."""
    hold(event, TAKES_PAPER, otherwise=NobodyVotes, is_shared=True)
    add_one(HelpGiven, {"event_id": event.id, "kind": kind})


def help_given(event: Event) -> dict[HelpKind, int]:
    """How often stewards helped, by kind; a kind that nobody needed is left out."""
    wanted = sa.select(HelpGiven.kind, HelpGiven.times).where(HelpGiven.event_id == event.id)
    return dict(db.session.execute(wanted.order_by(HelpGiven.kind)).all())
