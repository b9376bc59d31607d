"""The organiser's console: what the poll is doing, the button that moves it on, what waits for a second person."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.vote.acts.service import waiting_about
from pbvote.vote.events.by_address import event_at
from pbvote.vote.hall.console import Console
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
    console_, acts = Console.of(event, shown.slots), waiting_about(event)
    page = render_template(
        "vote/hall/console.html", event=event, console=console_, acts=acts, shown=shown, scene_names=SCENE_NAMES
    )
    return watched(page)
