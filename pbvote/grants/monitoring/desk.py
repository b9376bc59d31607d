"""The boards of the borough and of each locality, and the page of one award, for organisers."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.core.clock import now
from pbvote.db import begin_write, db
from pbvote.grants.awards.by_address import award_at, award_to_move
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.forms import MentorForm
from pbvote.grants.mentors.service import require_mentorable, set_mentor
from pbvote.grants.mentors.suggesting import MANY_GROUPS, candidates_for
from pbvote.grants.monitoring.board import WHOLE, Board, BoardPage
from pbvote.grants.monitoring.sheets import check_in_table, figure_table, group_table
from pbvote.grants.monitoring.story import AwardPage
from pbvote.grants.visits import service
from pbvote.grants.visits.colour import RULE
from pbvote.localities.models import Locality
from pbvote.localities.service import locality_called
from pbvote.people.models import Account
from pbvote.spreadsheets.answers import send_table

door = desk_door("monitoring", __name__, url_prefix="/desk/monitoring")


def board_page(board: Board, locality: Locality | None, *, is_desk: bool) -> str:
    """A board as the address asks for it; the desk's leads on to each award."""
    shown = BoardPage.of(board, request.args)
    return render_template(
        "grants/monitoring/board.html",
        board=board,
        shown=shown,
        locality=locality,
        is_desk=is_desk,
        rule=RULE,
        whole=WHOLE,
        as_of=now(),
    )


def _locality(slug: str) -> Locality:
    return locality_called(slug) or abort(404)


def _board_asked() -> Board:
    """The board of the address: of one locality, where it names one."""
    slug = request.args.get("locality")
    return Board.of(request.args, _locality(slug) if slug else None)


@door.get("/")
def board() -> ResponseReturnValue:
    """The borough's board: what is counted in each locality, and the groups that are asked for."""
    return board_page(Board.of(request.args), None, is_desk=True)


@door.get("/localities/<slug:slug>")
def locality(slug: str) -> ResponseReturnValue:
    """One locality's board."""
    place = _locality(slug)
    return board_page(Board.of(request.args, place), place, is_desk=True)


@door.get("/groups.<kind>")
def groups(kind: str) -> ResponseReturnValue:
    """The groups that are asked for, as a file."""
    return send_table(group_table(_board_asked()), "funded-groups", kind)


@door.get("/figures.<kind>")
def figures(kind: str) -> ResponseReturnValue:
    """What is counted in each locality, as a file."""
    return send_table(figure_table(_board_asked()), "monitoring", kind)


@door.get("/check-ins.<kind>")
def sheet(kind: str) -> ResponseReturnValue:
    """Every check-in as a file, without the concerns."""
    return send_table(check_in_table(service.all_check_ins(), service.funded_groups()), "check-ins", kind)


def _award_page(award: Award, form: MentorForm) -> str:
    """The award's page, whose form offers the members who could be its mentor to whoever may choose one."""
    shown = AwardPage.of(award, current_user)
    candidates = () if shown.own_grant else candidates_for(award)
    present = shown.funded.mentor
    form.offer(candidates, present.account if present else None, shown.funded.due_on)
    if not form.is_submitted():
        form.seen.data = str(present.id if present else 0)
    return render_template(
        "grants/monitoring/one_award.html", shown=shown, form=form, candidates=candidates, many=MANY_GROUPS
    )


@door.get("/<int:award_id>")
def award(award_id: int) -> ResponseReturnValue:
    """Everything of one award in its order, concerns included; and who stays with its group."""
    return _award_page(award_at(award_id), MentorForm())


@door.post("/<int:award_id>")
def choose_mentor(award_id: int) -> ResponseReturnValue:
    """Choose the award's mentor, and write to everybody whom it concerns."""
    begin_write()
    award = award_to_move(award_id)
    require_mentorable(award)
    form = MentorForm()
    form.offer(candidates_for(award), None, None)
    if not form.validate():
        return _award_page(award, form), 422
    member = db.session.get_one(Account, int(form.member.data))
    due_on = form.next_on.data or service.planned_visit(award_id)
    set_mentor(award, member, seen=form.period_seen, visit_by=due_on)
    service.plan_visit(award_id, due_on)
    db.session.commit()
    flash(f"{member.name} stays with this group.", "success")
    return redirect(url_for("monitoring_desk.board"))
