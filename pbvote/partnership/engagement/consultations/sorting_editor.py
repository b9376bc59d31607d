"""Where editors read the answers to a consultation, put them under topics and set some aside."""

import datetime as dt

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import editor_door
from pbvote.core.reading import sent_number
from pbvote.db import begin_write, db
from pbvote.filters import moment
from pbvote.localities.models import Locality
from pbvote.partnership.engagement.consultations import sorting
from pbvote.partnership.engagement.consultations.by_address import edited_consultation
from pbvote.partnership.engagement.consultations.models import Consultation, Topic
from pbvote.partnership.engagement.consultations.sorting_forms import (
    REASONS,
    HourAsideForm,
    TopicForm,
    names_contacts,
    read_sorting,
)

door = editor_door(
    "sorting", __name__, url_prefix="/my/partnership/<slug:slug>/consultations/<int:consultation_id>/answers"
)


@door.get("")
def answers(slug: str, consultation_id: int) -> ResponseReturnValue:
    """A page of answers with everything that can be pressed under them."""
    locality, consultation = edited_consultation(slug, consultation_id)
    only_left = request.args.get("which") != "all"
    number = sent_number(request.args.get("page")) or 1
    return render_template(
        "partnership/engagement/consultations/sort.html",
        locality=locality,
        consultation=consultation,
        found=sorting.answers_to_sort(consultation, number, only_left=only_left),
        only_left=only_left,
        topics=sorting.topics_of(consultation),
        progress=sorting.progress_of(consultation),
        reasons=REASONS,
    )


@door.post("")
def save(slug: str, consultation_id: int) -> ResponseReturnValue:
    """Keep what was pressed under all answers of the page at once, and show what is left."""
    begin_write()
    _, consultation = edited_consultation(slug, consultation_id)
    shown = sorting.answers_named(consultation, request.form.getlist("answer"))
    sorting.save_sorting(consultation, read_sorting(request.form, shown))
    db.session.commit()
    flash("Saved.", "success")
    if names_contacts(request.form):
        flash("A topic is for everybody, so one with a telephone number or an e-mail address was left out.")
    at = url_for("sorting_editor.answers", slug=slug, consultation_id=consultation_id)
    page = sent_number(request.form.get("next"))
    return redirect(at if request.form.get("which") == "left" else f"{at}?which=all&page={page}")


def _topic_page(locality: Locality, consultation: Consultation, topic: Topic, form: TopicForm) -> str:
    shown = {"locality": locality, "consultation": consultation, "topic": topic, "form": form}
    return render_template("partnership/engagement/consultations/topic.html", **shown)


@door.get("/topics/<int:topic_id>")
def topic(slug: str, consultation_id: int, topic_id: int) -> ResponseReturnValue:
    """A topic, to name it otherwise or put it together with another."""
    locality, consultation = edited_consultation(slug, consultation_id)
    found = sorting.topic_of(consultation, topic_id) or abort(404)
    return _topic_page(locality, consultation, found, TopicForm(formdata=None, data={"name": found.name}))


def _to_answers(slug: str, consultation_id: int, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("sorting_editor.answers", slug=slug, consultation_id=consultation_id))


@door.post("/topics/<int:topic_id>")
def rename(slug: str, consultation_id: int, topic_id: int) -> ResponseReturnValue:
    """Name it otherwise."""
    begin_write()
    locality, consultation = edited_consultation(slug, consultation_id)
    found, form = sorting.topic_of(consultation, topic_id) or abort(404), TopicForm()
    if not form.validate():
        return _topic_page(locality, consultation, found, form), 422
    is_one = sorting.name_topic(consultation, found, form.name.data)
    db.session.commit()
    return _to_answers(slug, consultation_id, "The two topics are one now." if is_one else "Saved.")


@door.post("/topics/<int:topic_id>/remove")
def remove_topic(slug: str, consultation_id: int, topic_id: int) -> ResponseReturnValue:
    """Delete a topic."""
    begin_write()
    _, consultation = edited_consultation(slug, consultation_id)
    found = sorting.topic_of(consultation, topic_id) or abort(404)
    sorting.remove_topic(consultation, found)
    db.session.commit()
    return _to_answers(slug, consultation_id, "The topic is deleted. Its answers are still there.")


def _hour(consultation: Consultation, number: int) -> sorting.AnsweredHour:
    """The hour that an address names by its seconds since 1970; else the answer is 404."""
    at = dt.datetime.fromtimestamp(number, dt.UTC)
    return next((hour for hour in sorting.hours_of(consultation) if hour.began_at == at), None) or abort(404)


def _hour_page(locality: Locality, consultation: Consultation, hour: sorting.AnsweredHour, form: HourAsideForm) -> str:
    shown = {"locality": locality, "consultation": consultation, "hour": hour, "form": form}
    return render_template("partnership/engagement/consultations/hour.html", **shown)


@door.get("/hours/<int:number>")
def hour(slug: str, consultation_id: int, number: int) -> ResponseReturnValue:
    """The answers of one hour, to set them aside together or bring them back."""
    locality, consultation = edited_consultation(slug, consultation_id)
    return _hour_page(locality, consultation, _hour(consultation, number), HourAsideForm(formdata=None))


@door.post("/hours/<int:number>")
def hour_aside(slug: str, consultation_id: int, number: int) -> ResponseReturnValue:
    """Set them aside with a sentence. Nothing is lost."""
    begin_write()
    locality, consultation = edited_consultation(slug, consultation_id)
    found, form = _hour(consultation, number), HourAsideForm()
    if not form.validate():
        return _hour_page(locality, consultation, found, form), 422
    gone = sorting.set_hour_aside(consultation, found.began_at, form.why.data)
    db.session.commit()
    return _to_answers(slug, consultation_id, f"Set aside: {gone} of {moment(found.began_at)}.")


@door.post("/hours/<int:number>/back")
def hour_back(slug: str, consultation_id: int, number: int) -> ResponseReturnValue:
    """Bring them back."""
    begin_write()
    _, consultation = edited_consultation(slug, consultation_id)
    found = _hour(consultation, number)
    back = sorting.set_hour_aside(consultation, found.began_at, "")
    db.session.commit()
    return _to_answers(slug, consultation_id, f"Back among the others: {back} of {moment(found.began_at)}.")
