"""Open a report that was sent, so that the group can correct it; or leave it as it is. For organisers."""

from typing import Final

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.by_address import award_at, award_to_move
from pbvote.grants.awards.models import Award
from pbvote.grants.reports.correcting import leave_report, open_report, require_correctable
from pbvote.grants.reports.forms import WrongForm

door = desk_door("report_correcting", __name__, url_prefix="/desk/awards/<int:award_id>/report")

OPENED: Final = (
    "The group can then correct what it told, and its figures. What it says now stays on record. "
    "The thank-you stays, too."
)


def _page(award: Award, form: WrongForm) -> str:
    words = {"heading": "Open the report", "lead": OPENED, "button": "Open it"}
    return render_template("grants/reports/desk_form.html", award=award, form=form, **words)


def _back(award_id: int, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("reports_desk.one", award_id=award_id))


@door.get("/open")
def wrong(award_id: int) -> ResponseReturnValue:
    """The form: what is wrong in it."""
    award = award_at(award_id)
    require_correctable(award)
    return _page(award, WrongForm())


@door.post("/open")
def open_again(award_id: int) -> ResponseReturnValue:
    """Open the report."""
    begin_write()
    award, form = award_to_move(award_id), WrongForm()
    require_correctable(award)
    if not form.validate():
        return _page(award, form), 422
    open_report(award, form.words.data, current_user)
    db.session.commit()
    return _back(award_id, "The report is open. The group has a letter.")


@door.post("/leave")
def leave(award_id: int) -> ResponseReturnValue:
    """Let it be as it is."""
    begin_write()
    leave_report(award_to_move(award_id))
    db.session.commit()
    return _back(award_id, "The report stays as it is. The group is told.")
