"""The light answer that a screen asks for every few seconds: which scene, whose turn, what the timer says."""

from dataclasses import asdict, dataclass
from typing import Any

from pbvote.vote.events.models import Event
from pbvote.vote.screen.turnout import turnout_shown
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.models import SlipState
from pbvote.vote.stage.models import Stage
from pbvote.vote.stage.scenes import scene_now
from pbvote.vote.stage.service import stage_of
from pbvote.watching import milliseconds


@dataclass(frozen=True)
class Now:
    """What is shown now. Moments are milliseconds since 1970, lengths of time are seconds."""

    version: int
    scene: str
    bid: int | None
    part: str
    allowed: int
    spent: float
    since: int | None
    """Since when the timer runs; None while it stands."""
    revealed: int
    notice: str
    voted: int
    slips: int
    """Slips that can vote."""
    state: str
    """A mark of what the page holds: another one, and the page is fetched again."""

    def to_dict(self) -> dict[str, Any]:
        """As a screen reads it."""
        return asdict(self)


def now_of(event: Event) -> Now:
    """What the event's screen shows now, in three statements at most."""
    return now_on(stage_of(event), event)


def now_on(stage: Stage, event: Event) -> Now:
    """The same of a stage that was read before."""
    return Now(
        version=stage.version,
        scene=scene_now(stage, event.poll).value,
        bid=stage.bid_id,
        part=stage.part.value,
        allowed=stage.allowed_seconds,
        spent=stage.spent_seconds,
        since=milliseconds(stage.running_since) if stage.running_since else None,
        revealed=stage.revealed,
        notice=stage.notice,
        voted=turnout_shown(event),
        slips=slips_of(event).get(SlipState.LIVE, 0) if event.takes_votes else 0,
        # The ledger grows with everything that changes what can be drawn, but for the bids before the opening.
        state=f"{event.poll.value}-{event.entries}",
    )
