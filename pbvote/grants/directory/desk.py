"""Take a group out of the directory that should not stand there as it does. For organisers."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.by_address import award_at, award_to_move
from pbvote.grants.directory.forms import TakeDownForm
from pbvote.grants.directory.letters import tell_taken_down
from pbvote.grants.directory.listing import Consent, require_listed, take_back

door = desk_door("directory", __name__, url_prefix="/desk/awards/<int:award_id>/directory")


@door.get("")
def page(award_id: int) -> ResponseReturnValue:
    """What the group says in the directory, and what happens when it is taken down."""
    award = award_at(award_id)
    listing = require_listed(award)
    return render_template("grants/directory/take_down.html", award=award, listing=listing, form=TakeDownForm())


@door.post("")
def take_down(award_id: int) -> ResponseReturnValue:
    """Take it down, and write to the group why. It may stand there again in other words."""
    begin_write()
    award, form = award_to_move(award_id), TakeDownForm()
    listing = require_listed(award)
    if not form.validate():
        return render_template("grants/directory/take_down.html", award=award, listing=listing, form=form), 422
    take_back(award, Consent.ALL)
    tell_taken_down(award, form.reason.data)
    db.session.commit()
    flash("Taken down. The group is told why.", "success")
    return redirect(url_for("directory.groups", slug=award.event.share.locality.slug))
