"""Write the stages of a plan, order them, and say where the partnership is. Nothing here commits."""

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import sqlalchemy as sa

from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.partnership.meetings.models import Meeting, MeetingPaper
from pbvote.partnership.ordering import move_by_one
from pbvote.partnership.plan.models import PlanStage
from pbvote.partnership.seen import save_over
from pbvote.people.models import Account

MOST_STAGES: Final = 12
USUAL_STAGES: Final = (
    ("Listen", "What residents tell us, and what the figures of this place say."),
    ("Agree what matters", "A few priorities, agreed with residents and everybody who serves them."),
    ("Agree who does what", "For each priority, actions with a lead, a day and a measure that anybody can check."),
    ("Do it", "Those who lead get on with it. What is stuck comes to the next meeting."),
    ("Look again", "Each quarter we look at every action, publish how far it is, and listen again."),
)
"""The way of most plans, to begin with: headings and words. Editors change them as they like."""


class PlanBegun(Refusal):
    """Two editors began it, or one pressed twice."""

    def __init__(self) -> None:
        super().__init__("This plan has stages already. Change those, or add others.")


class TooManyStages(Refusal):
    """Nobody finds where they are in more."""

    status = 422

    def __init__(self) -> None:
        super().__init__(f"A plan can have {MOST_STAGES} stages. Put two into one.")


class WeAreHere(Refusal):
    """The stage that is to go is where the partnership is."""

    def __init__(self, stage: PlanStage) -> None:
        super().__init__(f"“We are here” stands at “{stage.heading}”. Put it at another stage, then remove this one.")


class StageStanding(enum.StrEnum):
    """Whether a stage is behind the partnership, or before it."""

    DONE = "done"
    HERE = "here"
    TO_COME = "to_come"

    @property
    def words(self) -> str:
        """As a page names it."""
        return {StageStanding.DONE: "Done", StageStanding.HERE: "We are here", StageStanding.TO_COME: "To come"}[self]


@dataclass(frozen=True, slots=True)
class ShownStage:
    """A stage as everybody reads it."""

    stage: PlanStage
    standing: StageStanding
    paper: MeetingPaper | None
    """None where its meeting's agenda is not out."""


@dataclass(frozen=True, slots=True)
class SaidOfStage:
    """What an editor says of a stage."""

    heading: str
    words: str
    reached_on: dt.date | None
    is_month: bool
    evidence: str
    link: str
    paper_id: int | None


def stages_of(locality: Locality) -> list[PlanStage]:
    """The plan's stages in their order."""
    wanted = sa.select(PlanStage).where(PlanStage.locality_id == locality.id)
    return list(db.session.scalars(wanted.order_by(PlanStage.position, PlanStage.id)))


def shown_stages(locality: Locality) -> list[ShownStage]:
    """The same as everybody reads them, with the papers that are public."""
    wanted = sa.select(PlanStage, MeetingPaper, Meeting.is_public.label("is_out"))
    wanted = wanted.outerjoin(MeetingPaper, MeetingPaper.id == PlanStage.paper_id)
    wanted = wanted.outerjoin(Meeting, Meeting.id == MeetingPaper.meeting_id).where(
        PlanStage.locality_id == locality.id
    )
    rows = db.session.execute(wanted.order_by(PlanStage.position, PlanStage.id)).all()
    here = next((number for number, row in enumerate(rows) if row.PlanStage.is_here), -1)
    return [
        ShownStage(row.PlanStage, _standing(number, here), row.MeetingPaper if row.is_out else None)
        for number, row in enumerate(rows)
    ]


def _standing(number: int, here: int) -> StageStanding:
    if number == here:
        return StageStanding.HERE
    return StageStanding.DONE if number < here else StageStanding.TO_COME


def stage_of(locality: Locality, stage_id: int) -> PlanStage | None:
    """The plan's stage with this number."""
    return db.session.scalar(sa.select(PlanStage).where(PlanStage.locality_id == locality.id, PlanStage.id == stage_id))


def public_papers(locality: Locality, *, hold: bool = False) -> Sequence[MeetingPaper]:
    """The papers of the partnership's meetings that everybody may read, the newest first.

    With `hold` none of them goes before the transaction is over.
    """
    wanted = sa.select(MeetingPaper).join(Meeting, Meeting.id == MeetingPaper.meeting_id)
    wanted = wanted.where(Meeting.locality_id == locality.id, Meeting.is_public).order_by(MeetingPaper.id.desc())
    if hold:
        wanted = wanted.with_for_update(read=True, key_share=True, of=MeetingPaper)
    return db.session.scalars(wanted).all()


def begin_plan(locality: Locality, by: Account) -> None:
    """Put in the usual stages, and stand at the first. Raises `PlanBegun`."""
    if stages_of(locality):
        raise PlanBegun
    for position, (heading, words) in enumerate(USUAL_STAGES, 1):
        stage = PlanStage(locality_id=locality.id, position=position, heading=heading, words=words)
        stage.is_here, stage.changed_by_id = position == 1, by.id
        db.session.add(stage)
    try:
        db.session.flush()
    except sa.exc.IntegrityError as error:  # another editor was as quick
        raise PlanBegun from error


def add_stage(locality: Locality, said: SaidOfStage, by: Account) -> PlanStage:
    """A new stage at the end. The first one is where the partnership is. Raises `TooManyStages`."""
    stages = stages_of(locality)
    if len(stages) >= MOST_STAGES:
        raise TooManyStages
    position = max((stage.position for stage in stages), default=0) + 1
    stage = PlanStage(locality_id=locality.id, position=position, changed_by_id=by.id, **asdict(said))
    stage.is_here = not stages
    db.session.add(stage)
    db.session.flush()
    return stage


def change_stage(stage: PlanStage, said: SaidOfStage, seen: int, by: Account) -> None:
    """Say something else of a stage. Raises `SavedMeanwhile`."""
    save_over(stage, seen, by, asdict(said))


def move_stage(locality: Locality, stage: PlanStage, way: str) -> None:
    """One place up or down, where there is one."""
    move_by_one(stages_of(locality), stage, way)


def stand_at(locality: Locality, stage: PlanStage, by: Account) -> None:
    """Say that the partnership is at this stage. Its words and their version stay."""
    of_plan = sa.select(PlanStage.id).where(PlanStage.locality_id == locality.id).order_by(PlanStage.id)
    db.session.execute(of_plan.with_for_update())  # of two who press at once, the second waits
    db.session.execute(sa.update(PlanStage).where(PlanStage.locality_id == locality.id).values(is_here=False))
    db.session.refresh(stage)
    stage.is_here, stage.changed_at, stage.changed_by_id = True, now(), by.id
    db.session.flush()


def remove_stage(locality: Locality, stage: PlanStage) -> None:
    """Delete a stage. Raises `WeAreHere`; the last one of all may go."""
    if stage.is_here and len(stages_of(locality)) > 1:
        raise WeAreHere(stage)
    db.session.delete(stage)
    db.session.flush()
