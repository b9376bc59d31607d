"""What groups read about an LP member, and when the member is away. For LP members."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, member_door
from pbvote.core.clock import today
from pbvote.db import begin_write, db
from pbvote.grants.mentors import absences
from pbvote.grants.mentors.cards import cards_of, write_card
from pbvote.grants.mentors.forms import AwayForm, MemberCardForm, MemberPhotoForm
from pbvote.grants.mentors.naming import agree_to_be_named, be_named_no_longer
from pbvote.localities.service import wards_of
from pbvote.people.models import Account

door = member_door("mentors", __name__, url_prefix="/my")


def _card_form(form: MemberCardForm) -> MemberCardForm:
    return form.offer(wards_of(current_user.localities(Role.LP_MEMBER)))


def about_page(card_form: MemberCardForm | None = None, photo_form: MemberPhotoForm | None = None) -> str:
    """What groups read about the member, with the form that was refused in its place."""
    card = cards_of([current_user.id]).get(current_user.id)
    said = {"sentence": card.sentence, "phone": card.phone, "ward": card.ward_id} if card else {}
    return render_template(
        "grants/mentors/about_me.html",
        card_form=card_form or _card_form(MemberCardForm(formdata=None, data=said)),
        photo_form=photo_form or MemberPhotoForm(formdata=None),
        refused=card_form or photo_form,
        photo=card.photo if card else None,
        named_from=card.named_from if card else None,
    )


@door.get("/about")
def about() -> ResponseReturnValue:
    """What groups read about the member."""
    return about_page()


@door.post("/about")
def save_about() -> ResponseReturnValue:
    """Store what groups read from now on."""
    begin_write()
    form = _card_form(MemberCardForm())
    if not form.validate():
        return about_page(form), 422
    write_card(current_user, form.sentence.data, form.phone.data, form.ward_id)
    db.session.commit()
    flash("Saved. Your groups read this from now on.", "success")
    return redirect(url_for("mentors_member.about"))


@door.post("/about/named")
def be_named() -> ResponseReturnValue:
    """Let public pages name the member as a group's mentor."""
    begin_write()
    agree_to_be_named(current_user)
    db.session.commit()
    flash("The pages of your groups may name you now.", "success")
    return redirect(url_for("mentors_member.about"))


@door.post("/about/named/stop")
def be_nameless() -> ResponseReturnValue:
    """Name the member no longer."""
    begin_write()
    be_named_no_longer(current_user)
    db.session.commit()
    flash("No public page names you as a mentor any more.", "success")
    return redirect(url_for("mentors_member.about"))


def _away_page(form: AwayForm) -> str:
    return render_template(
        "grants/mentors/away.html",
        form=form.offer(absences.may_cover(current_user)),
        absences=absences.absences_of(current_user),
        covered=absences.covers_for(current_user),
        today=today(),
    )


@door.get("/away")
def away() -> ResponseReturnValue:
    """When the member is away, and for whom they cover."""
    return _away_page(AwayForm(data={"from_on": today()}))


@door.post("/away")
def go_away() -> ResponseReturnValue:
    """The member will be away."""
    begin_write()
    form = AwayForm().offer(absences.may_cover(current_user))
    if not form.validate():
        return _away_page(form), 422
    cover = db.session.get(Account, form.cover_id) if form.cover_id else None
    try:
        absences.go_away(current_user, absences.NewAbsence(form.from_on.given, form.back_on.given, cover))
    except absences.AwayAlready as refusal:
        form.refuse(str(refusal), "from_on")
        return _away_page(form), 422
    except absences.CannotCover as refusal:
        form.refuse(str(refusal), "cover")
        return _away_page(form), 422
    db.session.commit()
    flash(f"Have a good time. {cover.name} covers for you." if cover else "Have a good time.", "success")
    return redirect(url_for("mentors_member.away"))


@door.post("/away/<int:absence_id>/back")
def come_back(absence_id: int) -> ResponseReturnValue:
    """The member is back, or will not be away."""
    begin_write()
    absences.come_back(absences.absence_of(absence_id, current_user) or abort(404))
    db.session.commit()
    flash("You are not away any longer.", "success")
    return redirect(url_for("mentors_member.away"))
