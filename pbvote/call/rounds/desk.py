"""Setting rounds and localities up, for organisers."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.rounds import copying, service
from pbvote.call.rounds.forms import (
    CopyForm,
    LocalityForm,
    PitchForm,
    RoundForm,
    ShareForm,
    amounts_of,
    shares_form,
)
from pbvote.call.rounds.models import Round, Share
from pbvote.call.rounds.occasions import Occasion, occasions_of
from pbvote.call.rounds.preview import sentences
from pbvote.call.rounds.questions import minutes_of
from pbvote.call.rounds.round_forms import RoundSettingsForm
from pbvote.call.rounds.setting_up import set_up_of
from pbvote.call.rounds.settling import held_share, settle_everywhere, settle_round
from pbvote.call.rounds.timetable import DaysContradict
from pbvote.db import begin_write, db, free_slug
from pbvote.localities import service as localities
from pbvote.localities.models import Locality

door = desk_door("rounds", __name__, url_prefix="/desk")


def _round(slug: str) -> Round:
    return service.round_called(slug) or abort(404)


def _share(share_id: int) -> Share:
    return db.session.get(Share, share_id) or abort(404)


def _occasion(share: Share) -> Occasion | None:
    return occasions_of(share.round_id, [share.locality_id]).get(share.locality_id)


@door.get("/rounds/")
def rounds() -> ResponseReturnValue:
    """Every round."""
    return render_template("call/rounds/rounds.html", rounds=service.all_rounds())


@door.get("/rounds/new")
def new_round() -> ResponseReturnValue:
    """The form for a new round."""
    return render_template("call/rounds/new_round.html", form=RoundForm(), localities=localities.all_localities())


@door.post("/rounds/new")
def add_round() -> ResponseReturnValue:
    """Make the round, its pot shared out equally."""
    begin_write()
    form = RoundForm()
    if not form.validate():
        return render_template("call/rounds/new_round.html", form=form, localities=localities.all_localities()), 422
    round_ = service.add_round(form.name.data, form.pot_pence.given, form.bids_open_on.given, form.bids_close_on.given)
    db.session.commit()
    flash(f"{round_.name} is made. Only organisers and auditors see it until you open it.", "success")
    return redirect(url_for("rounds_desk.set_up", slug=round_.slug))


@door.get("/rounds/<slug:slug>")
def set_up(slug: str) -> ResponseReturnValue:
    """The round as a checklist: shares, then each locality's settings, then opening."""
    round_ = _round(slug)
    return render_template("call/rounds/set_up.html", round=round_, checklist=set_up_of(round_))


@door.get("/rounds/<slug:slug>/copy")
def copy(slug: str) -> ResponseReturnValue:
    """What a copy of the round would take over, and its name."""
    source = _round(slug)
    return _copy_page(source, CopyForm(data={"name": copying.name_of_copy(source)}))


def _copy_page(source: Round, form: CopyForm) -> str:
    years = copying.years_on(source)
    dates = [
        (share.locality.name, copying.later(share.bids_open_on, years), copying.later(share.bids_close_on, years))
        for share in source.shares
    ]
    return render_template("call/rounds/copy.html", form=form, round=source, dates=dates)


@door.post("/rounds/<slug:slug>/copy")
def make_copy(slug: str) -> ResponseReturnValue:
    """Begin a round with the shares, limits and rules of this one, and its dates moved on."""
    begin_write()
    source = _round(slug)
    form = CopyForm()
    if not form.validate():
        return _copy_page(source, form), 422
    round_ = copying.copy_round(source, form.name.data)
    db.session.commit()
    flash(f"{round_.name} is made. Check its dates, then open it.", "success")
    return redirect(url_for("rounds_desk.set_up", slug=round_.slug))


@door.get("/rounds/<slug:slug>/settings")
def round_settings(slug: str) -> ResponseReturnValue:
    """The form with the round's name and the limit of a whole bid."""
    round_ = _round(slug)
    return _round_settings_page(round_, RoundSettingsForm.showing(round_))


def _round_settings_page(round_: Round, form: RoundSettingsForm) -> str:
    return render_template(
        "call/rounds/round_settings.html",
        form=form,
        round=round_,
        minutes=[
            minutes_of(round_.questions, has_budget=has_budget, is_short=round_.has_short_form)
            for has_budget in (False, True)
        ],
    )


@door.post("/rounds/<slug:slug>/settings")
def settle_whole_round(slug: str) -> ResponseReturnValue:
    """Store the round's name and the limit of a whole bid."""
    begin_write()
    round_ = _round(slug)
    form = RoundSettingsForm.showing(round_)
    if not form.validate():
        return _round_settings_page(round_, form), 422
    questions, is_short = form.questions_of(round_), form.is_short(round_)
    limits = (form.bid_cap_pence.data, form.budget_from_pence.given)
    settle_round(round_, form.name.data, *limits, questions, has_short_form=is_short)
    db.session.commit()
    minutes = minutes_of(questions, is_short=is_short)
    flash(f"{round_.name} is saved. The form now takes about {minutes} minutes.", "success")
    return redirect(url_for("rounds_desk.set_up", slug=slug))


@door.get("/rounds/<slug:slug>/shares")
def shares(slug: str) -> ResponseReturnValue:
    """The form with each locality's share."""
    round_ = _round(slug)
    return render_template(
        "call/rounds/shares.html", form=shares_form(localities.all_localities(), round_), round=round_
    )


@door.post("/rounds/<slug:slug>/shares")
def share_out(slug: str) -> ResponseReturnValue:
    """Store the shares."""
    begin_write()
    round_ = _round(slug)
    everywhere = localities.all_localities()
    form = shares_form(everywhere, round_)
    if not form.validate():
        return render_template("call/rounds/shares.html", form=form, round=round_), 422
    service.share_out(round_, amounts_of(form, everywhere))
    db.session.commit()
    flash("The shares are saved.", "success")
    return redirect(url_for("rounds_desk.set_up", slug=slug))


@door.post("/rounds/<slug:slug>/open")
def open_round(slug: str) -> ResponseReturnValue:
    """Open the round to the public."""
    begin_write()
    round_ = _round(slug)
    service.open_round(round_)
    db.session.commit()
    flash(f"{round_.name} is open.", "success")
    return redirect(url_for("rounds_desk.set_up", slug=slug))


@door.get("/shares/<int:share_id>/settings")
def settings(share_id: int) -> ResponseReturnValue:
    """The form with a share's own settings; once slips are printed, with what can still change."""
    share = _share(share_id)
    return _settings_page(share, PitchForm(obj=share) if share.is_locked else ShareForm(obj=share))


def _settings_page(share: Share, form: PitchForm | ShareForm) -> str:
    fixed = sentences(share, _occasion(share)) if share.is_locked else []
    return render_template("call/rounds/settings.html", form=form, share=share, fixed=fixed)


@door.post("/shares/<int:share_id>/settings")
def settle(share_id: int) -> ResponseReturnValue:
    """Store a share's own settings, for every locality where asked."""
    begin_write()
    share = held_share(share_id) or abort(404)
    form = PitchForm() if share.is_locked else ShareForm(obj=share)
    _refuse_what_is_fixed(share)
    if not (form.validate() and form.fits(share)):
        return _settings_page(share, form), 422
    try:
        names = settle_everywhere(share, form.settings) if form.goes_everywhere else [share.locality.name]
        service.settle_share(share, form.settings)
    except DaysContradict as refusal:
        db.session.rollback()
        form.refuse(str(refusal), "bids_close_on")
        return _settings_page(share, form), refusal.status
    db.session.commit()
    flash(f"The settings of {' and '.join(names)} are saved.", "success")
    return redirect(url_for("rounds_desk.set_up", slug=share.round.slug))


def _refuse_what_is_fixed(share: Share) -> None:
    """A page that was opened before the first slip was printed sends more than can still change."""
    if share.is_locked and not request.form.keys() <= {"csrf_token", *service.FREE}:
        raise service.RulesLocked


@door.get("/localities/")
def all_localities() -> ResponseReturnValue:
    """Every locality with its wards and priorities."""
    return render_template("call/rounds/localities.html", localities=localities.all_localities())


@door.get("/localities/new")
def new_locality() -> ResponseReturnValue:
    """The form for a new locality."""
    return render_template("call/rounds/edit_locality.html", form=LocalityForm(), locality=None)


@door.post("/localities/new")
def add_locality() -> ResponseReturnValue:
    """Make a locality."""
    return _store_locality(None)


@door.get("/localities/<slug:slug>")
def edit_locality(slug: str) -> ResponseReturnValue:
    """The form with a locality's wards and priorities."""
    locality = localities.locality_called(slug) or abort(404)
    shown = {
        "name": locality.name,
        "wards": "\n".join(ward.line for ward in locality.wards),
        "priorities": "\n".join(priority.text for priority in locality.priorities),
    }
    return render_template("call/rounds/edit_locality.html", form=LocalityForm(data=shown), locality=locality)


@door.post("/localities/<slug:slug>")
def change_locality(slug: str) -> ResponseReturnValue:
    """Store a locality's wards and priorities."""
    return _store_locality(slug)


def _store_locality(slug: str | None) -> ResponseReturnValue:
    begin_write()
    locality = (localities.locality_called(slug) or abort(404)) if slug else None
    form = LocalityForm()
    if form.validate() and not localities.is_name_free(form.name.data, locality):
        form.refuse("There is already a locality with this name", "name")
    if form.errors:
        return render_template("call/rounds/edit_locality.html", form=form, locality=locality), 422
    changed = locality or localities.add_locality(free_slug(form.name.data, Locality.slug), form.name.data)
    changed.name = form.name.data
    try:
        localities.describe_locality(changed, form.ward_names, form.priority_texts)
    except localities.WardInUse as in_use:
        db.session.rollback()
        form.refuse(str(in_use), "wards")
        return render_template("call/rounds/edit_locality.html", form=form, locality=locality), 422
    db.session.commit()
    flash(f"{changed.name} is saved.", "success")
    return redirect(url_for("rounds_desk.all_localities"))
