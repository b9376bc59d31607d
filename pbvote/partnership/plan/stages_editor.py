"""The stages of a locality plan, as its editors write and order them."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.db import begin_write, db
from pbvote.localities.models import Locality
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.plan import stages
from pbvote.partnership.plan.forms import StageForm
from pbvote.partnership.plan.models import PlanStage
from pbvote.partnership.seen import SavedMeanwhile, differences

door = editor_door("plan_stages", __name__, url_prefix="/my/partnership/<slug:slug>/plan/stages")


def _page(locality: Locality, form: StageForm, stage: PlanStage | None = None, changes: object = ()) -> str:
    shown = {"locality": locality, "form": form, "stage": stage, "changes": changes}
    return render_template("partnership/plan/stage.html", **shown)


def _back(slug: str, said: str = "") -> ResponseReturnValue:
    if said:
        flash(said, "success")
    return redirect(url_for("plan_editor.kept", slug=slug, _anchor=None if said else "stages"))


def _stage(slug: str, stage_id: int) -> tuple[Locality, PlanStage]:
    locality = edited_partnership(slug)
    return locality, stages.stage_of(locality, stage_id) or abort(404)


@door.get("/new")
def new(slug: str) -> ResponseReturnValue:
    """The form for a new stage."""
    locality = edited_partnership(slug)
    return _page(locality, StageForm(formdata=None).offer(stages.public_papers(locality)))


@door.post("/new")
def add(slug: str) -> ResponseReturnValue:
    """Put a stage at the plan's end."""
    begin_write()
    locality = edited_partnership(slug)
    form = StageForm().offer(stages.public_papers(locality, hold=True))
    if not form.validate():
        return _page(locality, form), 422
    stage = stages.add_stage(locality, form.said(), current_user)
    db.session.commit()
    return _back(slug, f"“{stage.heading}” is the plan’s last stage. Everybody can read it.")


@door.get("/<int:stage_id>")
def one(slug: str, stage_id: int) -> ResponseReturnValue:
    """One stage, to change."""
    locality, stage = _stage(slug, stage_id)
    return _page(locality, _now(locality, stage), stage)


def _now(locality: Locality, stage: PlanStage) -> StageForm:
    return StageForm(formdata=None, data=StageForm.data_of(stage)).offer(stages.public_papers(locality))


@door.post("/<int:stage_id>")
def change(slug: str, stage_id: int) -> ResponseReturnValue:
    """Say something else of a stage."""
    begin_write()
    locality, stage = _stage(slug, stage_id)
    form = StageForm().offer(stages.public_papers(locality, hold=True))
    if not form.validate():
        return _page(locality, form, stage), 422
    try:
        stages.change_stage(stage, form.said(), form.version_seen, current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        changes = differences(form, _now(locality, stage))
        form.show_again(stage)
        return _page(locality, form, stage, changes), refusal.status
    db.session.commit()
    return _back(slug, "Saved. Everybody can read it.")


@door.post("/<int:stage_id>/<any(up, down):way>")
def move(slug: str, stage_id: int, way: str) -> ResponseReturnValue:
    """One place up or down."""
    begin_write()
    stages.move_stage(*_stage(slug, stage_id), way)
    db.session.commit()
    return _back(slug)


@door.post("/<int:stage_id>/here")
def here(slug: str, stage_id: int) -> ResponseReturnValue:
    """Say that the partnership is at this stage."""
    begin_write()
    locality, stage = _stage(slug, stage_id)
    stages.stand_at(locality, stage, current_user)
    db.session.commit()
    return _back(slug, f"“We are here” stands at “{stage.heading}”.")


@door.post("/<int:stage_id>/remove")
def remove(slug: str, stage_id: int) -> ResponseReturnValue:
    """Take a stage out."""
    begin_write()
    locality, stage = _stage(slug, stage_id)
    heading = stage.heading
    stages.remove_stage(locality, stage)
    db.session.commit()
    return _back(slug, f"“{heading}” is out of the plan.")
