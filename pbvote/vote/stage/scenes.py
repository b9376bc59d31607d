"""Which scenes the hall can be shown, by the state of the poll."""

from collections.abc import Mapping

from pbvote.vote.poll.states import PollState, States
from pbvote.vote.stage.models import Scene, Stage

_ALWAYS = (Scene.BLANK, Scene.BREAK, Scene.NOTICE)
_AFTER_THE_SEAL = (Scene.SEAL, Scene.ANNOUNCEMENT, Scene.THANKS, *_ALWAYS)
_UNTIL_THE_SEAL = (Scene.CLOSED, *_ALWAYS)

SCENES: Mapping[PollState, tuple[Scene, ...]] = {
    PollState.PLANNED: (Scene.WELCOME, Scene.PRESENTING, *_ALWAYS),
    PollState.CHOOSING: _ALWAYS,  # members choose on their phones, and no hall watches
    PollState.OPEN: (Scene.VOTE, Scene.LAST_CALL, Scene.WELCOME, Scene.PRESENTING, *_ALWAYS),
    PollState.CLOSED: _UNTIL_THE_SEAL,
    PollState.COUNTING: _UNTIL_THE_SEAL,
    PollState.COUNTED: _UNTIL_THE_SEAL,
    PollState.SEALED: _AFTER_THE_SEAL,
    PollState.PUBLISHED: _AFTER_THE_SEAL,
}
"""What can be chosen in each state; the first is what the screen shows by itself."""

ANNOUNCES: States = frozenset(state for state, scenes in SCENES.items() if Scene.ANNOUNCEMENT in scenes)
"""The outcome can be announced: nothing of it exists for anybody before."""

_STAYS = frozenset({Scene.ANNOUNCEMENT, Scene.THANKS})


def scene_now(stage: Stage, poll: PollState) -> Scene:
    """What the screen shows: the scene that was chosen, until the poll moves on; then the new state's own.

    An announcement goes on when its result is published in the middle of it.
    """
    stays = stage.scene in _STAYS and stage.scene in SCENES[poll]
    return stage.scene if stage.poll is poll or stays else SCENES[poll][0]
