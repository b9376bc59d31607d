"""Ask one group for its receipts, and take that back. For organisers."""

from typing import Final

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.by_address import award_at, award_to_move
from pbvote.grants.awards.models import Award
from pbvote.grants.reports.asking_receipts import ask_for_receipts, require_may_ask, take_back_receipts
from pbvote.grants.reports.forms import ReceiptsForm

door = desk_door("report_receipts", __name__, url_prefix="/desk/awards/<int:award_id>/report/receipts")

ASKED: Final = (
    "The group adds photos of its receipts to its report, or says why one is missing. "
    "It has a letter with what you write here."
)


def _page(award: Award, form: ReceiptsForm) -> str:
    words = {"heading": "Ask for receipts", "lead": ASKED, "button": "Ask for them"}
    return render_template("grants/reports/desk_form.html", award=award, form=form, **words)


def _back(award_id: int, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("reports_desk.one", award_id=award_id))


@door.get("")
def reason(award_id: int) -> ResponseReturnValue:
    """The form: why."""
    award = award_at(award_id)
    require_may_ask(award)
    return _page(award, ReceiptsForm())


@door.post("")
def ask(award_id: int) -> ResponseReturnValue:
    """Ask for them, with the report."""
    begin_write()
    award, form = award_to_move(award_id), ReceiptsForm()
    require_may_ask(award)
    if not form.validate():
        return _page(award, form), 422
    ask_for_receipts(award, form.reason.data, current_user)
    db.session.commit()
    return _back(award_id, "The group is asked, and has a letter.")


@door.post("/take-back")
def take_back(award_id: int) -> ResponseReturnValue:
    """Ask for them no longer."""
    begin_write()
    take_back_receipts(award_to_move(award_id), current_user)
    db.session.commit()
    return _back(award_id, "The group is told that you need no receipts.")
