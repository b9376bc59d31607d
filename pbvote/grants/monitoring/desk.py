"""The monitoring board, for organisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.core.clock import today
from pbvote.db import begin_write, db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of
from pbvote.grants.mentors.forms import MentorForm
from pbvote.grants.mentors.in_force import in_force
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import periods_of, set_mentor
from pbvote.grants.mentors.suggesting import MANY_GROUPS, Candidate, candidates_for
from pbvote.grants.monitoring.sheets import check_in_table
from pbvote.grants.promises.shown import accepted_shown, promise_counts, sum_of
from pbvote.grants.visits import service
from pbvote.grants.visits.colour import RULE
from pbvote.grants.visits.view import HistoryView
from pbvote.people.models import Account
from pbvote.spreadsheets.answers import send_table

door = desk_door("monitoring", __name__, url_prefix="/desk/monitoring")


@door.get("/")
def board() -> ResponseReturnValue:
    """Every funded group by locality: its mentor, how it is doing, when the next visit is due."""
    funded_groups = service.funded_groups()
    seen_to = in_force([funded.award.id for funded in funded_groups], today())
    counts = promise_counts([funded.award for funded in funded_groups])
    return render_template(
        "grants/monitoring/board.html",
        funded_groups=funded_groups,
        seen_to=seen_to,
        rule=RULE,
        counts=counts,
        promises=sum_of(list(counts.values())),
    )


@door.get("/check-ins.<kind>")
def sheet(kind: str) -> ResponseReturnValue:
    """Every check-in as a file, without the concerns."""
    return send_table(check_in_table(service.all_check_ins(), service.funded_groups()), "check-ins", kind)


def _award(award_id: int) -> Award:
    return award_of(award_id) or abort(404)


def _offering(award: Award, form: MentorForm) -> str:
    """The award's page, whose form offers the members who could be its mentor."""
    candidates, periods = candidates_for(award), periods_of(award)
    present = periods[-1] if periods and periods[-1].until_on is None else None
    form.offer(candidates, present.account if present else None, service.planned_visit(award.id))
    if not form.is_submitted():
        form.seen.data = str(present.id if present else 0)
    return _award_page(award, form, candidates, periods)


def _award_page(award: Award, form: MentorForm, candidates: list[Candidate], periods: list[Mentor]) -> str:
    return render_template(
        "grants/monitoring/one_award.html",
        award=award,
        form=form,
        candidates=candidates,
        many=MANY_GROUPS,
        periods=periods,
        accepted=accepted_shown([award])[award.id],
        seen_to=in_force([award.id], today()).get(award.id),
        history_shown=HistoryView(
            service.check_ins_of(award, with_former=True), current_user.id, "visit_photos_desk", is_desk=True
        ),
    )


@door.get("/<int:award_id>")
def award(award_id: int) -> ResponseReturnValue:
    """One award's check-ins, concerns included, and its mentor."""
    return _offering(_award(award_id), MentorForm())


@door.post("/<int:award_id>")
def choose_mentor(award_id: int) -> ResponseReturnValue:
    """Choose the award's mentor, and write to everybody whom it concerns."""
    begin_write()
    award = _award(award_id)
    form = MentorForm()
    form.offer(candidates_for(award), None, None)
    if not form.validate():
        return _offering(award, form), 422
    member = db.session.get_one(Account, int(form.member.data))
    due_on = form.next_on.data or service.planned_visit(award_id)
    set_mentor(award, member, seen=form.period_seen, visit_by=due_on)
    service.plan_visit(award_id, due_on)
    db.session.commit()
    flash(f"{member.name} stays with this group.", "success")
    return redirect(url_for("monitoring_desk.board"))
