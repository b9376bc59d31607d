"""The papers of a meeting, as its editors put them there."""

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.db import begin_write, db
from pbvote.localities.models import Locality
from pbvote.partnership.meetings import papers
from pbvote.partnership.meetings.by_address import edited_meeting
from pbvote.partnership.meetings.models import Meeting
from pbvote.partnership.meetings.papers_forms import PaperForm
from pbvote.partnership.meetings.papers_public import sent
from pbvote.people.tries import note, of_files, refuse_haste

door = editor_door("papers", __name__, url_prefix="/my/partnership/<slug:slug>/meetings/<int:meeting_id>/papers")
TOO_MANY = "You have sent many files in a short time. Wait {wait}, then send this one."


def _page(locality: Locality, meeting: Meeting, form: PaperForm) -> str:
    return render_template("partnership/meetings/papers.html", locality=locality, meeting=meeting, form=form)


def _back(slug: str, meeting_id: int, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("papers_editor.listed", slug=slug, meeting_id=meeting_id))


@door.get("")
def listed(slug: str, meeting_id: int) -> ResponseReturnValue:
    """The papers, and the form for another."""
    return _page(*edited_meeting(slug, meeting_id), PaperForm(formdata=None))


@door.post("")
def add(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Store a paper."""
    locality, meeting = edited_meeting(slug, meeting_id)
    counts = of_files(current_user.id)
    papers.require_papers_open(meeting)
    refuse_haste(counts, TOO_MANY)
    form = PaperForm()
    if not form.validate() or form.new is None:  # which draws a photo again, while nobody waits for the database
        return _page(locality, meeting, form), 422
    begin_write()
    _, meeting = edited_meeting(slug, meeting_id)
    papers.add_paper(meeting, form.title.data, form.new, current_user)
    note(counts)
    db.session.commit()
    return _back(slug, meeting_id, f"“{form.title.data}” is among the papers.")


@door.get("/<int:paper_id>")
def one(slug: str, meeting_id: int, paper_id: int) -> Response:
    """A paper, before everybody may read it."""
    _, meeting = edited_meeting(slug, meeting_id)
    return sent(papers.paper_of(meeting, paper_id) or abort(404))


@door.post("/<int:paper_id>/remove")
def remove(slug: str, meeting_id: int, paper_id: int) -> ResponseReturnValue:
    """Take a paper out."""
    begin_write()
    _, meeting = edited_meeting(slug, meeting_id)
    papers.remove_paper(meeting, papers.paper_of(meeting, paper_id) or abort(404))
    db.session.commit()
    return _back(slug, meeting_id, "The paper is taken out, and its file is deleted.")
