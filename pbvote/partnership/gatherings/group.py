"""Sign a group up for a gathering, change it, give places back. For groups’ contacts."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.call.groups.models import Group
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.partnership.gatherings import letters, signing_up
from pbvote.partnership.gatherings.forms import SignUpForm
from pbvote.partnership.gatherings.line import TooFewPlaces, ordinal, place_in_line
from pbvote.partnership.gatherings.models import Gathering, SignUp
from pbvote.partnership.gatherings.service import hold_gathering
from pbvote.partnership.gatherings.shown import own_gatherings, public_gathering

door = group_door("gatherings", __name__, url_prefix="/my/gatherings")


def _group(group_id: int) -> Group:
    """The group, where this contact speaks for it; else 404."""
    return next((group for group in signing_up.groups_of(current_user) if group.id == group_id), None) or abort(404)


def _held(gathering_id: int) -> Gathering:
    """The gathering, its row held, where it is public; else 404."""
    found = hold_gathering(gathering_id)
    if found is None or found.is_draft:
        abort(404)
    return found


def _page(gathering: Gathering, group: Group, own: SignUp | None, form: SignUpForm) -> str:
    place = ordinal(place_in_line(own)) if own and own.waits else ""
    shown = {"gathering": gathering, "group": group, "own": own, "place": place, "form": form}
    return render_template("partnership/gatherings/own.html", **shown)


def _to(gathering_id: int, group_id: int) -> ResponseReturnValue:
    return redirect(url_for("gatherings_group.one", gathering_id=gathering_id, group_id=group_id))


@door.get("/")
def mine() -> ResponseReturnValue:
    """The gatherings to come, and how this contact's groups stand with them."""
    return render_template("partnership/gatherings/mine.html", shown=own_gatherings(current_user))


@door.get("/<int:gathering_id>")
def choose(gathering_id: int) -> ResponseReturnValue:
    """For which group? Whoever speaks for one is not asked."""
    found, groups = public_gathering(gathering_id) or abort(404), signing_up.groups_of(current_user)
    if len(groups) == 1:
        return _to(gathering_id, groups[0].id)
    return render_template("partnership/gatherings/choose.html", gathering=found.gathering, groups=groups)


@door.get("/<int:gathering_id>/<int:group_id>")
def one(gathering_id: int, group_id: int) -> ResponseReturnValue:
    """How the group stands with the gathering."""
    found, group = public_gathering(gathering_id) or abort(404), _group(group_id)
    own = signing_up.sign_up_of(found.gathering, group)
    return _page(found.gathering, group, own, SignUpForm.of(found.gathering, own))


@door.post("/<int:gathering_id>/<int:group_id>")
def sign_up(gathering_id: int, group_id: int) -> ResponseReturnValue:
    """Sign up, or say something else."""
    begin_write()
    group, gathering = _group(group_id), _held(gathering_id)
    before = signing_up.sign_up_of(gathering, group)
    is_new, form = before is None or before.is_given_back, SignUpForm.of(gathering, before)
    if not form.validate():
        return _page(gathering, group, before, form), 422
    try:
        own = signing_up.sign_up(gathering, group, form.said(), current_user)
    except Refusal as refusal:
        form.refuse(str(refusal), "people" if isinstance(refusal, TooFewPlaces) else None)
        return _page(gathering, group, before, form), refusal.status
    if is_new:
        letters.send([letters.confirm(gathering, own)])
    db.session.commit()
    flash("Saved." if not is_new else "You stand in the line." if own.waits else "You are coming.", "success")
    return _to(gathering_id, group_id)


@door.post("/<int:gathering_id>/<int:group_id>/give-back")
def give_back(gathering_id: int, group_id: int) -> ResponseReturnValue:
    """Come no more, or leave the line."""
    begin_write()
    group, gathering = _group(group_id), _held(gathering_id)
    own = signing_up.sign_up_of(gathering, group) or abort(404)
    signing_up.give_back(gathering, own)
    db.session.commit()
    flash("Thank you for telling us. Somebody else can have the places.", "success")
    return _to(gathering_id, group_id)


@door.post("/<int:gathering_id>/<int:group_id>/answer")
def answer(gathering_id: int, group_id: int) -> ResponseReturnValue:
    """Say yes or no to places that were offered."""
    begin_write()
    group, gathering = _group(group_id), _held(gathering_id)
    own = signing_up.sign_up_of(gathering, group) or abort(404)
    is_yes = request.form.get("answer") == "yes"
    (signing_up.say_yes if is_yes else signing_up.say_no)(gathering, own)
    db.session.commit()
    flash("You are coming." if is_yes else "Thank you for telling us. The places go to the next.", "success")
    return _to(gathering_id, group_id)
