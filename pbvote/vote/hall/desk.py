"""The organiser's console: how the event stands, the one next step, what waits for a second person."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.doctor.database import of_settings
from pbvote.doctor.findings import Diagnosis, Level
from pbvote.doctor.places import disks_have_room
from pbvote.vote.acts.shown import ActsShown
from pbvote.vote.events.by_address import event_at
from pbvote.vote.hall.checklist import DayChecklist
from pbvote.vote.hall.console import Console
from pbvote.vote.hall.phones import Phones
from pbvote.vote.slips.over import events_over
from pbvote.vote.stage.view import SCENE_NAMES, StageShown
from pbvote.watching import watched

door = desk_door("hall", __name__, url_prefix="/desk/events/<slug:slug>")


@door.get("")
def console(slug: str) -> ResponseReturnValue:
    """The event on one screen. Where members choose there is no poll to run, but a page of its own."""
    event = event_at(slug)
    if event.is_chosen_by_members:
        return redirect(url_for("choosing_desk.page", slug=slug))
    shown = StageShown.of(event)
    stands = Console.of(event, shown.slots)
    page = render_template(
        "vote/hall/console.html",
        event=event,
        console=stands,
        checklist=DayChecklist.of(event, stands, shown, current_user),
        acts=ActsShown.of(event, current_user),
        shown=shown,
        last_call=stands.last_call(shown),
        scene_names=SCENE_NAMES,
        phones=Phones.of(event),
        unwell=_unwell(stands.figures.settings),
        over=events_over(besides=slug) if stands.figures.failed_lately else (),
    )
    return watched(page)


def _unwell(settings: Mapping[str, Any]) -> list[Diagnosis]:
    """What is wrong with the disks and the database; nothing where all is well."""
    found = (*disks_have_room(), *of_settings(settings))
    return [finding for finding in found if finding.level is not Level.OK]
