"""All that a compere may have to say until the poll moves on, so that the page goes on without a network."""

from collections.abc import Sequence
from dataclasses import dataclass

from pbvote.vote.compere.saying import RULES, TurnSaid, announced, turns_of
from pbvote.vote.count.sealing import seal_words
from pbvote.vote.passes.hands import Hand
from pbvote.vote.programme.entries import entries_of
from pbvote.vote.screen.announcing import announcement_for
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.scenes import ANNOUNCES, SCENES


@dataclass(frozen=True)
class CompereMatter:
    """What the compere's page holds in this state of the poll."""

    scenes: Sequence[Scene]
    """What the screen can be asked to show by name."""
    turns: Sequence[TurnSaid]
    """In the running order; none where nobody presents any more."""
    announcement: Sequence[str]
    """A sentence for each bid in the order of the announcement.

    None before the seal, or where an organiser has not said that they look first: nothing leaves the server.
    """
    asks_to_look: bool
    """Whether it is there, and this organiser has to say first that they look."""
    voters: int
    """How many voted, for the announcement's first sentence."""
    seal_words: Sequence[str]
    """To read out before the announcement; none where there is none here."""
    rules: Sequence[str] = RULES


def matter_for(hand: Hand) -> CompereMatter:
    """What this hand, as the event's compere, may have to say now."""
    event = hand.event
    scenes = SCENES[event.poll]
    turns = turns_of(event, entries_of(event)) if Scene.PRESENTING in scenes else []
    announcement = announcement_for(hand)
    currency = event.share.round.currency
    sentences = [announced(one, announcement, currency) for one in announcement.reveals] if announcement else []
    named = [scene for scene in scenes if scene not in (Scene.PRESENTING, Scene.NOTICE)]
    asks_to_look = hand.may_write and event.poll in ANNOUNCES and announcement is None
    voters, words = (announcement.voters, seal_words(event)) if announcement else (0, [])
    return CompereMatter(named, turns, sentences, asks_to_look, voters, words)
