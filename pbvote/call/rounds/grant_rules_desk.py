"""What a round does after the vote, for organisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.rounds.grant_rules_form import GrantRulesForm
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import round_called
from pbvote.call.rounds.settling import settle_grants
from pbvote.db import begin_write, db

door = desk_door("grant_rules", __name__, url_prefix="/desk/rounds/<slug:slug>/after-the-vote")


def _round(slug: str) -> Round:
    return round_called(slug) or abort(404)


def _page(round_: Round, form: GrantRulesForm) -> str:
    return render_template("call/rounds/grant_rules.html", round=round_, form=form)


@door.get("")
def rules(slug: str) -> ResponseReturnValue:
    """The form with what groups are asked for, and what is said to those that get nothing."""
    round_ = _round(slug)
    return _page(round_, GrantRulesForm.showing(round_))


@door.post("")
def settle(slug: str) -> ResponseReturnValue:
    """Store it. Letters that were sent stay as they were."""
    begin_write()
    round_ = _round(slug)
    form = GrantRulesForm.showing(round_)
    if not form.validate():
        return _page(round_, form), 422
    settle_grants(round_, form.rules)
    db.session.commit()
    flash(f"What {round_.name} does after the vote is saved.", "success")
    return redirect(url_for("rounds_desk.set_up", slug=slug))
