"""My groups and the check-in, for LP members."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import member_door
from pbvote.core.clock import now, today
from pbvote.db import begin_write, db
from pbvote.grants.promises.keeping import choosable
from pbvote.grants.promises.ticking import kept_ids
from pbvote.grants.visits import service
from pbvote.grants.visits.correcting import own_check_in, require_correctable, reword
from pbvote.grants.visits.forms import STANDINGS, CheckInForm, CorrectionForm
from pbvote.grants.visits.members_groups import groups_of
from pbvote.grants.visits.models import NEEDS, CheckIn
from pbvote.grants.visits.sent_photos import SentPhotos
from pbvote.grants.visits.stays import require_apart
from pbvote.grants.visits.taking import for_member, take
from pbvote.grants.visits.view import MemberView
from pbvote.offline import is_kept_copy

door = member_door("visits", __name__, url_prefix="/my/groups")


def _mine(award_id: int) -> service.Visited:
    """The funded group, where this member stays or stayed with it; else 404."""
    return service.visited_group(award_id, current_user) or abort(404)


def _group_page(visited: service.Visited, form: CheckInForm) -> str:
    shown = MemberView.of(visited, current_user, is_copy=is_kept_copy())
    return render_template("grants/visits/my_group.html", shown=shown, form=form, drawn_at=now(), drawn_on=today())


@door.get("/")
def groups() -> ResponseReturnValue:
    """The groups that this member stays with: those that are theirs to visit today first, the longest due in front."""
    mine = groups_of(current_user, today())
    service.load_cards([each.funded.award.bid_id for each in mine])
    return render_template(
        "grants/visits/my_groups.html", groups=mine, standings=STANDINGS, needs=NEEDS, drawn_at=now()
    )


@door.get("/<int:award_id>")
def group(award_id: int) -> ResponseReturnValue:
    """The check-in form and what was logged before."""
    visited = _mine(award_id)
    return _group_page(visited, for_member(visited, CheckInForm.fresh(), current_user))


@door.post("/<int:award_id>")
def log(award_id: int) -> ResponseReturnValue:
    """Store a check-in, about one group or several, and the photos that came with it."""
    form = CheckInForm()
    photos = SentPhotos.of(form.photos.files, current_user)  # drawn again while nobody waits for the database
    begin_write()
    visited = _mine(award_id)
    taken = take(visited, for_member(visited, form, current_user), current_user)
    if taken is None:
        return _group_page(visited, form), 422
    photos.put_beside([taken.check_in, *taken.photos_also], current_user)
    db.session.commit()
    flash(" ".join([taken.thanks, *photos.refused]), "success")
    return redirect(url_for("visits_member.groups"))


def _own(award_id: int, check_in_id: int) -> CheckIn:
    """The check-in, where this member logged it; else 404."""
    return own_check_in(check_in_id, award_id, current_user) or abort(404)


@door.get("/<int:award_id>/check-ins/<int:check_in_id>")
def correction(award_id: int, check_in_id: int) -> ResponseReturnValue:
    """What the member wrote, to say it better while the group does not read it yet."""
    own = _own(award_id, check_in_id)
    return _correction_page(own, CorrectionForm.of(own, choosable(award_id, check_in_id)))


@door.post("/<int:award_id>/check-ins/<int:check_in_id>")
def correct(award_id: int, check_in_id: int) -> ResponseReturnValue:
    """Say it better; what it said stays on record."""
    begin_write()
    own = _own(award_id, check_in_id)
    require_apart([award_id], current_user)
    require_correctable(own)
    form = CorrectionForm.of(own, choosable(award_id, check_in_id))
    if not form.validate():
        return _correction_page(own, form), 422
    reword(own, form.words.data, form.concern.data, kept_ids(form.kept))
    db.session.commit()
    flash("Your check-in is corrected.", "success")
    return redirect(url_for("visits_member.group", award_id=award_id))


def _correction_page(own: CheckIn, form: CorrectionForm) -> str:
    return render_template("grants/visits/correction.html", check_in=own, form=form)
