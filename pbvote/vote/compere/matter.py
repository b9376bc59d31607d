"""All that a compere may have to say until the poll moves on, so that the page goes on without a network."""

from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.vote.compere.saying import RULES, TurnSaid, announced, turns_of
from pbvote.vote.events.models import Event
from pbvote.vote.programme.entries import entries_of
from pbvote.vote.screen.announcing import announcement_of
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.scenes import SCENES


@dataclass(frozen=True)
class CompereMatter:
    """What the compere's page holds in this state of the poll."""

    scenes: Sequence[Scene]
    """What the screen can be asked to show by name."""
    turns: Sequence[TurnSaid]
    """In the running order; none where nobody presents any more."""
    announcement: Sequence[str]
    """A sentence for each bid in the order of the announcement. None before the seal: nothing leaves the server."""
    voters: int
    """How many voted, for the announcement's first sentence."""
    rules: Sequence[str] = RULES


def matter_of(event: Event, *, may_announce: bool) -> CompereMatter:
    """What the event's compere may have to say now. `may_announce` is for whoever may also press."""
    scenes = SCENES[event.poll]
    turns = turns_of(event, entries_of(event)) if Scene.PRESENTING in scenes else []
    announcement = announcement_of(event) if may_announce else None
    currency = event.share.round.currency
    sentences = [announced(one, announcement, currency) for one in announcement.reveals] if announcement else []
    named = [scene for scene in scenes if scene not in (Scene.PRESENTING, Scene.NOTICE)]
    return CompereMatter(named, turns, sentences, announcement.voters if announcement else 0)
