"""The boxes with which a form asks which promises have happened."""

from collections.abc import Sequence

from pbvote.fields import ManyField
from pbvote.filters import day
from pbvote.grants.promises.models import Promise

ASKED = "Which of these have happened?"


def choices_of(promises: Sequence[Promise], called: str = "") -> list[tuple[str, str]]:
    """These promises as choices, in their order; of a group that is named, with its name in front."""
    whose = f"{called}: " if called else ""
    return [(str(promise.id), f"{whose}{promise.words} (by {day(promise.due_on)})") for promise in promises]


def offer(kept: ManyField, choices: Sequence[tuple[str, str]]) -> None:
    """Offer these to be ticked. One that somebody else has ticked meanwhile is left out of what was sent."""
    kept.choices = list(choices)
    kept.data = [value for value in kept.data if value in kept.values]


def kept_ids(kept: ManyField | None) -> list[int]:
    """The ids of the promises that were ticked; none where none were offered."""
    return [int(promise_id) for promise_id in kept.data] if kept else []
