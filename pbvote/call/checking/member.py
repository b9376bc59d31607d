"""My interests: which bidding groups a member of the partnership belongs to. For LP members."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import member_door
from pbvote.call.bids.models import Bid
from pbvote.call.checking import interests
from pbvote.call.checking.forms import MyInterestsForm
from pbvote.db import begin_write, db

door = member_door("interests", __name__, url_prefix="/my/interests")


def _undeclared() -> Sequence[Bid]:
    """The bids near the member of groups that they have not said anything about."""
    close = interests.groups_close_to(current_user)
    return [bid for bid in interests.bids_near(current_user) if bid.group_id not in close]


def _page(form: MyInterestsForm) -> str:
    return render_template(
        "call/checking/my_interests.html",
        form=form,
        declared=interests.interests_of(current_user),
        stated_at=interests.stated_at(current_user),
    )


@door.get("")
def interests_page() -> ResponseReturnValue:
    """What is declared, and the groups that have bid. The address may tick one of them."""
    return _page(MyInterestsForm.about(_undeclared(), request.args.get("group", "")))


@door.post("")
def state() -> ResponseReturnValue:
    """Record which groups the member belongs to, and that it is no other."""
    begin_write()
    bids = _undeclared()
    form = MyInterestsForm.about(bids)
    if not form.validate():
        return _page(form), 422
    ticked = form.of(bids)
    interests.state_interests(current_user, ticked, form.what.data or "")
    db.session.commit()
    names = " and ".join(dict.fromkeys(bid.group.name for bid in ticked if bid.group))
    flash(
        f"Recorded. You decide nothing about {names}." if names else "Recorded. You belong to none of them.", "success"
    )
    return redirect(url_for("home_member.today"))
