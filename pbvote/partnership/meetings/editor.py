"""A partnership's meetings, as its editors keep them: drafted, changed, moved, published, called off."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.core.reading import sent_number
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.localities.models import Locality
from pbvote.partnership.meetings import questions, reading, service, words
from pbvote.partnership.meetings.by_address import edited_meeting
from pbvote.partnership.meetings.forms import USUAL_TITLE, MeetingForm, MeetingOffForm
from pbvote.partnership.meetings.models import Meeting
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.publishing import PublishForm
from pbvote.partnership.seen import Changed, SavedMeanwhile, SeenForm, differences

door = editor_door("meetings", __name__, url_prefix="/my/partnership/<slug:slug>/meetings")


def _to(slug: str, meeting: Meeting, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("meetings_editor.one", slug=slug, meeting_id=meeting.id))


@door.get("")
def kept(slug: str) -> ResponseReturnValue:
    """All meetings, drafts among them."""
    locality = edited_partnership(slug)
    found = reading.kept_meetings(locality, sent_number(request.args.get("page")) or 1)
    return render_template("partnership/meetings/kept.html", locality=locality, found=found)


@door.get("/new")
def new(slug: str) -> ResponseReturnValue:
    """The form for a new meeting."""
    return _new_page(edited_partnership(slug), MeetingForm(formdata=None, data={"title": USUAL_TITLE}))


def _new_page(locality: Locality, form: MeetingForm) -> str:
    return render_template("partnership/meetings/new.html", locality=locality, form=form)


@door.post("/new")
def draft(slug: str) -> ResponseReturnValue:
    """Draft a meeting."""
    begin_write()
    locality, form = edited_partnership(slug), MeetingForm()
    if not form.validate():
        return _new_page(locality, form), 422
    meeting = service.draft_meeting(locality, form.said(), current_user)
    db.session.commit()
    return _to(slug, meeting, "Saved as a draft. Nobody but editors sees it. Put its items on the agenda now.")


def _page(locality: Locality, meeting: Meeting, refused: Form | None = None) -> str:
    seen = {"seen": str(meeting.version)}
    publish = refused if isinstance(refused, PublishForm) else PublishForm(formdata=None, data=seen)
    off = refused if isinstance(refused, MeetingOffForm) else MeetingOffForm(formdata=None, data=seen)
    return render_template(
        "partnership/meetings/edited.html",
        locality=locality,
        meeting=meeting,
        publish_form=publish,
        off_form=off,
        form=refused,
        asked=questions.questions_of(meeting),
        last_day=words.last_day_to_publish(meeting),
    )


@door.get("/<int:meeting_id>")
def one(slug: str, meeting_id: int) -> ResponseReturnValue:
    """One meeting: where it stands, and what comes next."""
    return _page(*edited_meeting(slug, meeting_id))


def _details_page(locality: Locality, meeting: Meeting, form: MeetingForm, changes: object = ()) -> str:
    shown = {"locality": locality, "meeting": meeting, "form": form, "changes": changes}
    return render_template("partnership/meetings/details.html", **shown)


def _now(meeting: Meeting) -> MeetingForm:
    return MeetingForm(formdata=None, data=MeetingForm.data_of(meeting))


@door.get("/<int:meeting_id>/details")
def details(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Day, hours and place, to change."""
    locality, meeting = edited_meeting(slug, meeting_id)
    return _details_page(locality, meeting, _now(meeting))


@door.post("/<int:meeting_id>/details")
def change(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Change them. A meeting whose agenda is out has moved then, and says so."""
    begin_write()
    locality, meeting = edited_meeting(slug, meeting_id)
    form = MeetingForm()
    if not form.validate():
        return _details_page(locality, meeting, form), 422
    try:
        is_moved = service.change_meeting(meeting, form.said(), form.version_seen, current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        changes: list[Changed] = differences(form, _now(meeting))
        form.show_again(meeting)
        return _details_page(locality, meeting, form, changes), refusal.status
    db.session.commit()
    return _to(slug, meeting, "The meeting has moved. Its page and every calendar say so." if is_moved else "Saved.")


@door.post("/<int:meeting_id>/publish")
def publish(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Let everybody read the agenda, now or from an hour on."""
    begin_write()
    locality, meeting = edited_meeting(slug, meeting_id)
    service.require_unpublished(meeting)
    form = PublishForm()
    if not form.validate():
        return _page(locality, meeting, form), 422
    service.publish_agenda(meeting, form.moment, form.version_seen, current_user)
    db.session.commit()
    return _to(slug, meeting, words.agenda_out(meeting))


@door.post("/<int:meeting_id>/keep-back")
def keep_back(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Make a draft of it again, before its agenda comes out."""
    begin_write()
    _, meeting = edited_meeting(slug, meeting_id)
    service.keep_back(meeting, SeenForm().version_seen, current_user)
    db.session.commit()
    return _to(slug, meeting, "It is a draft again. Its agenda does not come out.")


@door.post("/<int:meeting_id>/off")
def off(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Say that it does not take place, and why."""
    begin_write()
    locality, meeting = edited_meeting(slug, meeting_id)
    service.require_to_come(meeting)
    form = MeetingOffForm()
    if not form.validate():
        return _page(locality, meeting, form), 422
    service.call_off(meeting, form.why.data.strip(), form.version_seen, current_user)
    db.session.commit()
    return _to(slug, meeting, "The meeting is off. Its page and every calendar say so.")


@door.post("/<int:meeting_id>/remove")
def remove(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    begin_write()
    _, meeting = edited_meeting(slug, meeting_id)
    service.remove_meeting(meeting)
    db.session.commit()
    flash("The draft is deleted.", "success")
    return redirect(url_for("meetings_editor.kept", slug=slug))
