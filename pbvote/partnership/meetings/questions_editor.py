"""What residents asked: read, shown, refused with a reason, answered. For organisers and editors."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import editor_door
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.localities.models import Locality
from pbvote.partnership.meetings import questions
from pbvote.partnership.meetings.models import Meeting, MeetingQuestion
from pbvote.partnership.meetings.question_forms import QuestionAnswerForm, RefuseForm
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.partnership.seen import SavedMeanwhile, SeenForm

door = editor_door("questions", __name__, url_prefix="/my/partnership/<slug:slug>/questions/<int:question_id>")


def _question(slug: str, question_id: int) -> tuple[Locality, MeetingQuestion]:
    locality = edited_partnership(slug)
    return locality, questions.question_of(locality, question_id) or abort(404)


def _page(locality: Locality, question: MeetingQuestion, refused: Form | None = None) -> str:
    seen = {"seen": str(question.version)}
    answer = QuestionAnswerForm(formdata=None, data=seen | {"answer": question.answer})
    return render_template(
        "partnership/meetings/question.html",
        locality=locality,
        question=question,
        meeting=question.item.meeting,
        answer_form=refused if isinstance(refused, QuestionAnswerForm) else answer,
        refuse_form=refused if isinstance(refused, RefuseForm) else RefuseForm(formdata=None, data=seen),
        form=refused,
    )


def _back(slug: str, meeting: Meeting, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("meetings_editor.one", slug=slug, meeting_id=meeting.id))


@door.get("")
def one(slug: str, question_id: int) -> ResponseReturnValue:
    """The question, with what an editor can do."""
    return _page(*_question(slug, question_id))


@door.post("/show")
def show(slug: str, question_id: int) -> ResponseReturnValue:
    """Let everybody read it."""
    begin_write()
    _, question = _question(slug, question_id)
    meeting = question.item.meeting
    questions.show_question(question, SeenForm().version_seen, current_user)
    db.session.commit()
    return _back(slug, meeting, "Everybody can read the question now.")


@door.post("/refuse")
def refuse(slug: str, question_id: int) -> ResponseReturnValue:
    """Show it to nobody, with a reason."""
    begin_write()
    locality, question = _question(slug, question_id)
    meeting = question.item.meeting
    form = RefuseForm()
    if not form.validate():
        return _page(locality, question, form), 422
    questions.refuse_question(question, form.why.data, form.version_seen, current_user)
    db.session.commit()
    return _back(slug, meeting, "The question is not shown. The meeting’s page says why.")


@door.post("/answer")
def answer(slug: str, question_id: int) -> ResponseReturnValue:
    """Put an answer under it."""
    begin_write()
    locality, question = _question(slug, question_id)
    meeting = question.item.meeting
    form = QuestionAnswerForm()
    if not form.validate():
        return _page(locality, question, form), 422
    try:
        questions.answer_question(question, form.answer.data.strip(), form.version_seen, current_user)
    except SavedMeanwhile as refusal:
        form.refuse(str(refusal))
        form.show_again(question)
        return _page(*_question(slug, question_id), form), refusal.status
    db.session.commit()
    return _back(slug, meeting, "The answer stands under the question.")
