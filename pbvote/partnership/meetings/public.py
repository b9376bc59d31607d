"""A partnership's meetings, for anyone. Nothing of a draft is at any of these addresses."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.core.reading import sent_number
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.localities.by_address import public_locality
from pbvote.localities.models import Locality
from pbvote.partnership.meetings import questions, reading, words
from pbvote.partnership.meetings.actions.service import actions_of, open_actions
from pbvote.partnership.meetings.by_address import public_meeting
from pbvote.partnership.meetings.models import Meeting, MeetingItem
from pbvote.partnership.meetings.question_forms import QuestionForm
from pbvote.people.signing_in import csrf, later, place_of
from pbvote.people.tries import note, of_questions, of_tellings, refuse_haste

door = public_door("meetings", __name__, url_prefix="/localities/<slug:slug>/meetings")
for say in (words.meeting_hours, words.meeting_soon, words.agenda_out, words.standing, words.is_added_later):
    door.add_app_template_global(say)
TOO_MANY = "Many questions came from your network. Wait {wait}, then send yours again."


@door.get("")
def listed(slug: str) -> ResponseReturnValue:
    """Meetings to come, and past ones by year."""
    locality = public_locality(slug)
    past = reading.meetings_past(locality, sent_number(request.args.get("page")) or 1)
    return render_template(
        "partnership/meetings/listed.html",
        locality=locality,
        coming=reading.meetings_to_come(locality),
        past=past,
        years=reading.by_year(past.rows),
    )


@door.get("/<int:meeting_id>")
def one(slug: str, meeting_id: int) -> ResponseReturnValue:
    """A meeting: agenda, papers, questions, minutes and actions."""
    locality, meeting = public_meeting(slug, meeting_id)
    return render_template(
        "partnership/meetings/one.html",
        locality=locality,
        meeting=meeting,
        asked=questions.questions_of(meeting),
        actions=actions_of(meeting) if meeting.has_agreed_minutes else [],
        still_open=open_actions(locality) if meeting.takes_questions else [],
    )


def _asked_about(slug: str, meeting_id: int, item_id: int) -> tuple[Locality, Meeting, MeetingItem]:
    locality, meeting = public_meeting(slug, meeting_id)
    return locality, meeting, reading.item_of(meeting, item_id) or abort(404)


def _ask_page(locality: Locality, meeting: Meeting, item: MeetingItem, form: QuestionForm) -> str:
    shown = {"locality": locality, "meeting": meeting, "item": item}
    asks = {"form": form} if meeting.takes_questions or form.errors else {}
    return render_template("partnership/meetings/ask.html", **shown, **asks)


@door.get("/<int:meeting_id>/items/<int:item_id>/ask")
def ask(slug: str, meeting_id: int, item_id: int) -> ResponseReturnValue:
    """The form for a question about an item."""
    return _ask_page(*_asked_about(slug, meeting_id, item_id), QuestionForm(formdata=None))


@door.post("/<int:meeting_id>/items/<int:item_id>/ask")
def send(slug: str, meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Keep a question until an editor has read it."""
    begin_write()
    locality, meeting, item = _asked_about(slug, meeting_id, item_id)
    form, counts = QuestionForm(), of_questions(place_of(None))
    if not form.validate():
        return _ask_page(locality, meeting, item, form), 422
    if form.email.data:
        counts += of_tellings(form.email.data, place_of(None))
    try:
        refuse_haste(counts, TOO_MANY)
        questions.ask_question(meeting, item, form.words.data.strip(), form.name.data, form.email.data)
    except Refusal as refusal:
        form.refuse(str(refusal))
        return _ask_page(locality, meeting, item, form), refusal.status, later(refusal)
    note(counts)
    db.session.commit()
    return redirect(url_for("meetings.sent", slug=slug, meeting_id=meeting_id))


csrf.exempt(send)  # an editor reads the question first, whoever sent it


@door.get("/<int:meeting_id>/asked")
def sent(slug: str, meeting_id: int) -> ResponseReturnValue:
    """That the question came in."""
    locality, meeting = public_meeting(slug, meeting_id)
    return render_template("partnership/meetings/asked.html", locality=locality, meeting=meeting)
