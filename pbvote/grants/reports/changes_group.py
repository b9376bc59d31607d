"""“We need more time”, “We want to spend it differently” and “Something is wrong”, for a group's contacts."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.db import begin_write, db
from pbvote.fields import Form
from pbvote.filters import day
from pbvote.grants.awards.models import Award
from pbvote.grants.reports import changing
from pbvote.grants.reports.correcting import require_correctable
from pbvote.grants.reports.forms import MoreTimeForm, SpendDifferentlyForm, WrongForm
from pbvote.grants.reports.group import own_award
from pbvote.grants.reports.refusals import MoreThanAwarded, NotLater
from pbvote.grants.reports.sending import require_reportable

door = group_door("changes", __name__, url_prefix="/my/awards/<int:award_id>/change")


PLANS_CHANGE = "Plans change, and that is fine. Your project has time until {ends_on}."
WRONG = "Tell us what is wrong. Once we open your report, you can correct it. What it says now stays on record."


def _page(award: Award, form: Form, heading: str, lead: str = PLANS_CHANGE) -> str:
    said = lead.format(ends_on=day(award.ends_on))
    return render_template("grants/reports/ask.html", award=award, form=form, heading=heading, lead=said)


def _more_time_page(award: Award, form: MoreTimeForm) -> str:
    return _page(award, form, "We need more time")


def _spending_page(award: Award, form: SpendDifferentlyForm) -> str:
    return _page(award, form, "We want to spend it differently")


def _wrong_page(award: Award, form: WrongForm) -> str:
    return _page(award, form, "Something in our report is wrong", WRONG)


def _asked(award: Award) -> ResponseReturnValue:
    flash("We have your question. We write to you as soon as we have looked at it.", "success")
    return redirect(url_for("awards_group.awards", _anchor=f"bid-{award.bid_id}"))


@door.get("/more-time")
def more_time(award_id: int) -> ResponseReturnValue:
    """The form: why, and until when."""
    award = own_award(award_id)
    require_reportable(award)
    return _more_time_page(award, MoreTimeForm())


@door.post("/more-time")
def ask_for_time(award_id: int) -> ResponseReturnValue:
    """Ask for more time."""
    begin_write()
    award, form = own_award(award_id), MoreTimeForm()
    require_reportable(award)
    if not form.validate():
        return _more_time_page(award, form), 422
    try:
        changing.ask_for_more_time(award, form.words.data, form.ends_on.given, current_user)
    except NotLater as refusal:
        form.refuse(str(refusal), "ends_on")
        return _more_time_page(award, form), 422
    db.session.commit()
    return _asked(award)


@door.get("/spending")
def spending(award_id: int) -> ResponseReturnValue:
    """The form: on what, and how much."""
    award = own_award(award_id)
    require_reportable(award)
    return _spending_page(award, SpendDifferentlyForm())


@door.post("/spending")
def ask_to_spend(award_id: int) -> ResponseReturnValue:
    """Ask to spend some of it differently."""
    begin_write()
    award, form = own_award(award_id), SpendDifferentlyForm()
    require_reportable(award)
    if not form.validate():
        return _spending_page(award, form), 422
    try:
        changing.ask_to_spend_differently(award, form.words.data, form.moved_pence.given, current_user)
    except MoreThanAwarded as refusal:
        form.refuse(str(refusal), "moved_pence")
        return _spending_page(award, form), 422
    db.session.commit()
    return _asked(award)


@door.get("/report")
def report(award_id: int) -> ResponseReturnValue:
    """The form: what is wrong in the report."""
    award = own_award(award_id)
    require_correctable(award)
    return _wrong_page(award, WrongForm())


@door.post("/report")
def ask_to_correct(award_id: int) -> ResponseReturnValue:
    """Ask to correct the report."""
    begin_write()
    award, form = own_award(award_id), WrongForm()
    require_correctable(award)
    if not form.validate():
        return _wrong_page(award, form), 422
    changing.ask_to_correct(award, form.words.data, current_user)
    db.session.commit()
    return _asked(award)
