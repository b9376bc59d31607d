"""Read a locality plan as everybody does. Nothing here writes."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import UK
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.visible import is_public
from pbvote.localities.models import Locality, Priority
from pbvote.localities.service import priorities_of
from pbvote.partnership.meetings.actions.models import Action, ActionState, is_long_ago
from pbvote.partnership.meetings.actions.service import plan_actions
from pbvote.partnership.plan.filing import FundedInPlan, funded_in_plan
from pbvote.partnership.plan.models import PlanGroup, PlanStage
from pbvote.partnership.plan.stages import ShownStage, StageStanding, shown_stages

STRIP: Final = (ActionState.DONE, ActionState.OPEN, ActionState.STUCK)
"""The parts of the strip, from where reading begins."""
MOST_DONE: Final = 5
"""How many actions that are done stand under a priority, the newest; a link leads to all."""


@dataclass(frozen=True, slots=True)
class StripPart:
    """The actions in one state, as a part of the strip."""

    state: ActionState
    number: int
    before: int
    """How many stand before it."""


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A priority, or what serves none: its actions, and the groups that it pays for."""

    priority: Priority | None
    actions: Sequence[Action]
    """What is not done first; of what is done, the newest."""
    more_done: int
    """How many more are done."""
    groups: Sequence[FundedInPlan]

    @property
    def sums(self) -> Mapping[str, int]:
        """What its groups got together, in pence by currency."""
        found: Counter[str] = Counter()
        for group in self.groups:
            found[group.currency] += group.award_pence
        return found


@dataclass(frozen=True, slots=True)
class LocalityPlan:
    """Everything that the page of a plan shows."""

    stages: Sequence[ShownStage]
    parts: Sequence[PlanPart]
    """One for each priority, in their order."""
    others: PlanPart
    """What serves no priority."""
    strip: Sequence[StripPart]
    looked_at_on: dt.date | None
    """The last day on which anything of it was looked at or changed."""

    @property
    def is_begun(self) -> bool:
        """Whether there is anything of a plan. Actions alone make none."""
        return bool(self.stages or any(part.actions or part.groups for part in self.parts))

    @property
    def is_untouched(self) -> bool:
        """Whether nothing of it was touched for a quarter."""
        return self.looked_at_on is not None and is_long_ago(self.looked_at_on)

    @property
    def number(self) -> int:
        """How many actions it has."""
        return sum(part.number for part in self.strip)

    @property
    def here(self) -> ShownStage | None:
        """Where the partnership is."""
        return next((each for each in self.stages if each.standing is StageStanding.HERE), None)


def plan_of(locality: Locality) -> LocalityPlan:
    """The plan, in four statements whatever it holds."""
    stages, actions, funded = shown_stages(locality), plan_actions(locality), funded_in_plan(locality)
    priorities = priorities_of(locality)
    of_priority = [_part(each, actions, funded) for each in priorities]
    without = [action for action in actions if action.priority_id is None]
    touched = [action.looked_at_on for action in actions]
    touched += [each.stage.changed_at.astimezone(UK).date() for each in stages]
    filed = [each.filed_on for each in funded if each.filed_on]
    return LocalityPlan(
        stages=stages,
        parts=of_priority,
        others=_with_newest_done(None, without, []),
        strip=_strip(actions),
        looked_at_on=max([*touched, *filed], default=None),
    )


def _part(priority: Priority, actions: Sequence[Action], funded: Sequence[FundedInPlan]) -> PlanPart:
    under = [action for action in actions if action.priority_id == priority.id]
    return _with_newest_done(priority, under, [each for each in funded if each.priority_id == priority.id])


def _with_newest_done(priority: Priority | None, actions: Sequence[Action], groups: Sequence[FundedInPlan]) -> PlanPart:
    done = [action for action in actions if action.state is ActionState.DONE]
    newest = sorted(done, key=lambda action: action.looked_at_on, reverse=True)[:MOST_DONE]
    others = [action for action in actions if action.state is not ActionState.DONE]
    return PlanPart(priority, [*others, *newest], len(done) - len(newest), groups)


def _strip(actions: Sequence[Action]) -> list[StripPart]:
    counted, strip, before = Counter(action.state for action in actions), list[StripPart](), 0
    for state in STRIP:
        strip.append(StripPart(state, counted[state], before))
        before += counted[state]
    return strip


def has_plan(locality_id: orm.InstrumentedAttribute[int]) -> sa.ColumnElement[bool]:
    """Whether the locality of the statement around has begun a plan, as everybody sees it."""
    of_place = Priority.locality_id == locality_id
    return sa.or_(
        sa.exists().where(PlanStage.locality_id == locality_id),
        sa.exists().where(PlanGroup.priority_id == Priority.id, of_place, Award.id == PlanGroup.award_id, is_public()),
        sa.exists().where(Action.priority_id == Priority.id, of_place, Action.is_public),
    )


def untouched_since(locality: Locality) -> dt.date | None:
    """The last day on which a plan with stages was touched, where that is a quarter ago. One statement, for editors."""
    of_actions = sa.select(sa.func.max(Action.looked_at_on)).where(Action.locality_id == locality.id, Action.is_public)
    of_groups = sa.select(sa.func.max(PlanGroup.filed_on)).join(Priority, Priority.id == PlanGroup.priority_id)
    of_groups = of_groups.where(Priority.locality_id == locality.id)
    of_stages = sa.select(sa.func.max(PlanStage.changed_at)).where(PlanStage.locality_id == locality.id)
    parts = (of_stages.scalar_subquery(), of_actions.scalar_subquery(), of_groups.scalar_subquery())
    row: sa.Row[*tuple[Any, ...]] = db.session.execute(sa.select(*parts)).one()
    stage_at, *days = row
    if stage_at is None:
        return None
    last = max([stage_at.astimezone(UK).date(), *(day for day in days if day)])
    return last if is_long_ago(last) else None
