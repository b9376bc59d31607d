"""Setting rounds and localities up, for organisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.rounds import service
from pbvote.call.rounds.ballot_forms import BallotRulesForm, RuleForm
from pbvote.call.rounds.forms import LocalityForm, RoundForm, ShareForm, amounts_of, shares_form
from pbvote.call.rounds.models import Round, Share
from pbvote.db import begin_write, db, free_slug
from pbvote.localities import service as localities
from pbvote.localities.models import Locality

door = desk_door("rounds", __name__, url_prefix="/desk")


def _round(slug: str) -> Round:
    return service.round_called(slug) or abort(404)


def _share(share_id: int) -> Share:
    return db.session.get(Share, share_id) or abort(404)


def _unlocked_share(share_id: int) -> Share:
    """The share, held until the commit, as long as its rules can still change. Raises `RulesLocked`."""
    # Held, because slips that are printed meanwhile lock the rules; a page that only reads holds nothing for long.
    share = db.session.get(Share, share_id, with_for_update=True, populate_existing=True) or abort(404)
    if share.is_locked:
        raise service.RulesLocked
    return share


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
    return render_template("call/rounds/set_up.html", round=_round(slug))


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
    """The form with a share's own settings."""
    share = _share(share_id)
    return render_template("call/rounds/settings.html", form=ShareForm(obj=share), share=share)


@door.post("/shares/<int:share_id>/settings")
def settle(share_id: int) -> ResponseReturnValue:
    """Store a share's own settings."""
    begin_write()
    share = _unlocked_share(share_id)
    form = ShareForm(obj=share)
    if not (form.validate() and form.cap_fits(share)):
        return render_template("call/rounds/settings.html", form=form, share=share), 422
    service.settle_share(share, form.settings)
    db.session.commit()
    flash(f"The settings of {share.locality.name} are saved.", "success")
    return redirect(url_for("rounds_desk.set_up", slug=share.round.slug))


@door.get("/shares/<int:share_id>/ballot")
def ballot(share_id: int) -> ResponseReturnValue:
    """The form for how residents vote."""
    share = _share(share_id)
    form = BallotRulesForm.showing(share.ballot_rules)
    return render_template("call/rounds/ballot.html", form=form, share=share)


@door.post("/shares/<int:share_id>/ballot")
def choose_ballot(share_id: int) -> ResponseReturnValue:
    """Store how residents vote."""
    begin_write()
    share = _unlocked_share(share_id)
    form = BallotRulesForm()
    if not form.validate():
        return render_template("call/rounds/ballot.html", form=form, share=share), 422
    service.settle_share(share, {"ballot_rules": form.rules})
    db.session.commit()
    flash(f"How {share.locality.name} votes is saved.", "success")
    return redirect(url_for("rounds_desk.set_up", slug=share.round.slug))


@door.get("/shares/<int:share_id>/rule")
def rule(share_id: int) -> ResponseReturnValue:
    """The form for how votes become awards."""
    share = _share(share_id)
    form = RuleForm.showing(share.count_rule, shows_ballots=share.shows_ballots)
    return render_template("call/rounds/rule.html", form=form, share=share)


@door.post("/shares/<int:share_id>/rule")
def choose_rule(share_id: int) -> ResponseReturnValue:
    """Store how votes become awards."""
    begin_write()
    share = _unlocked_share(share_id)
    form = RuleForm()
    if not form.validate():
        return render_template("call/rounds/rule.html", form=form, share=share), 422
    service.settle_share(share, form.settings)
    db.session.commit()
    flash(f"The rule of {share.locality.name} is saved.", "success")
    return redirect(url_for("rounds_desk.set_up", slug=share.round.slug))


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
        "wards": "\n".join(ward.name for ward in locality.wards),
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
