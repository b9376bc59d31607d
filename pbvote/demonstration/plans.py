"""The four locality plans, each at another stage. Everything here is invented."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.localities.service import locality_called, priorities_of
from pbvote.partnership.meetings.actions.models import ActionState
from pbvote.partnership.meetings.actions.service import SaidOfAction, add_action, stand_at_first
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.plan.filing import file_groups, funded_in_plan
from pbvote.partnership.plan.models import PlanStage
from pbvote.partnership.plan.stages import USUAL_STAGES, begin_plan, public_papers, stages_of
from pbvote.people.models import Account

_OPEN, _DONE, _STUCK = ActionState.OPEN, ActionState.DONE, ActionState.STUCK
_COUNCIL, _POLICE, _HEALTH = "Trafford Council", "Greater Manchester Police", "NHS Trafford"


class Planned(NamedTuple):
    """An action of a plan: under which priority, what, how anybody sees it, who leads, in how many days it is due."""

    priority: int
    what: str
    measure: str
    lead: str
    due_in: int
    state: ActionState = _OPEN
    why: str = ""
    looked_at: int = 12
    """How many days ago."""


_HERE: Final = {"old-trafford-stretford": 4, "urmston-partington": 3, "sale": 5, "south-trafford": 2}
"""The number of the stage at which each partnership is."""
_EVIDENCE: Final = (
    "212 residents answered on paper and at stalls. The public health figures for each ward lie beside them.",
    "Three evenings, open to all. Everybody who came put a dot beside what matters most.",
    "The partnership agreed to them at its meeting in the town hall.",
    "Each meeting begins with what is stuck.",
    "Two quarters are published. The next look is due in spring.",
)
_ACTIONS: Final[Mapping[str, Sequence[Planned]]] = {
    "old-trafford-stretford": (
        Planned(1, "Cook with families at four schools", "80 families cook each term", "Helen Ogden", 60),
        Planned(
            1, "Put a water fountain into Longford Park", "it runs", _COUNCIL, -40, _DONE, "It runs since May.", 30
        ),
        Planned(
            1, "Ask takeaways near schools for a healthy lunch", "6 of 14 offer one", "Ruth Adeyemi", 45, looked_at=104
        ),
        Planned(
            2, "Find twelve reading volunteers", "12 read each week", "Declan Moss", -20, _DONE, "Fifteen read.", 21
        ),
        Planned(2, "Open the library on two evenings", "open until 8pm", _COUNCIL, 30, _STUCK, "No caretaker yet."),
        Planned(3, "Six firms offer a week of work", "24 pupils have a place", "Marek Nowak", 75),
        Planned(3, "Hold a fair for first jobs", "150 young people come", _COUNCIL, -60, _DONE, "171 came.", 40),
    ),
    "urmston-partington": (
        Planned(1, "Mark a mile in each of five parks", "five marked miles", "Lena Fox", 50),
        Planned(1, "Lead a walk every Sunday", "20 walkers a week", "June Cole", -15, _DONE, "26 walk on average.", 16),
        Planned(
            1,
            "Light the path through Golden Hill Park",
            "lit until 10pm",
            _COUNCIL,
            20,
            _STUCK,
            "The price came in too high.",
        ),
        Planned(1, "Count who uses the parks", "a count each season", _HEALTH, 90, looked_at=110),
    ),
    "sale": (
        Planned(
            1,
            "Walk the town centre with shopkeepers each month",
            "ten walks",
            "Gwen Parry",
            -10,
            _DONE,
            "Ten walks.",
            8,
        ),
        Planned(
            1, "Open three empty shops to groups", "three are open", "Marek Nowak", -30, _DONE, "Four are open.", 25
        ),
        Planned(1, "Put benches every 200 metres", "eleven benches", _COUNCIL, 35),
        Planned(1, "Check blood pressure on market days", "400 checks", _HEALTH, 15, _STUCK, "The nurse is on leave."),
        Planned(1, "Trim the hedges at bus stops", "no complaint in a month", _COUNCIL, 10, looked_at=97),
    ),
    "south-trafford": (
        Planned(1, "Bring pupils and care homes together", "six pairs meet monthly", "Nasreen Baig", 80),
        Planned(
            2, "Ask schools what they measure", "all 14 answer", "Dr Ewa Zielinska", -25, _DONE, "All answered.", 24
        ),
        Planned(3, "Walk the streets after ten at night", "four walks", "Constable Rhys Bowen", 25),
        Planned(3, "Map where lights are broken", "a map that all can read", _POLICE, 40, looked_at=120),
    ),
}
_GROUPS: Final = {
    "Bread and Roses": 1,
    "Longford Young Cooks": 1,
    "Old Trafford Women’s Kitchen": 1,
    "Stretford Homework Club": 2,
    "Stretford Steel Band": 2,
    "Clifford Coders": 3,
}
"""The funded groups of Old Trafford & Stretford, and the priority that each serves."""


def write_plans(organiser: Account) -> None:
    """A plan in motion for each partnership: actions done, on the way and stuck, and one that nobody has looked at."""
    for slug, here in _HERE.items():
        locality = locality_called(slug)
        if locality:
            begin_plan(locality, organiser)
            _go_to(stages_of(locality), here)
            _promise(locality, _ACTIONS[slug], organiser)
    old_trafford = locality_called("old-trafford-stretford")
    if old_trafford:
        _file(old_trafford)
        stages_of(old_trafford)[3].paper_id = public_papers(old_trafford)[0].id
    db.session.flush()


def _go_to(stages: Sequence[PlanStage], here: int) -> None:
    """Stand at this stage. What was reached carries its month and what shows it; a stage takes two months."""
    for number, stage in enumerate(stages, 1):
        stage.is_here = False
        stage.changed_at = now() - dt.timedelta(days=6)
        if number <= here:
            stage.reached_on = today() - dt.timedelta(days=9 + 60 * (here - number))
            stage.is_month, stage.evidence = number < here, _EVIDENCE[number - 1]
    db.session.flush()
    stages[here - 1].is_here = True
    if here == len(USUAL_STAGES):
        stages[0].link = "https://www.council.example/figures"
    db.session.flush()


def _promise(locality: Locality, planned: Sequence[Planned], organiser: Account) -> None:
    priorities = priorities_of(locality)
    listed = sa.select(PartnershipMember).where(PartnershipMember.locality_id == locality.id)
    members = {member.name: member for member in db.session.scalars(listed)}
    for each in planned:
        lead = members.get(each.lead)
        body, due_on = lead.body if lead else each.lead, today() + dt.timedelta(days=each.due_in)
        priority_id = priorities[each.priority - 1].id
        said = SaidOfAction(each.what, each.measure, body, lead.id if lead else None, due_on, priority_id)
        action = add_action(locality, said, organiser)
        stand_at_first(action, each.state, each.why, today() - dt.timedelta(days=each.looked_at))
    db.session.flush()


def _file(locality: Locality) -> None:
    funded, priorities = funded_in_plan(locality), priorities_of(locality)
    to = {each.award_id: _GROUPS.get(each.called) for each in funded}
    under = {award_id: priorities[number - 1].id if number else None for award_id, number in to.items()}
    file_groups(funded, {each.award_id: None for each in funded}, under)
