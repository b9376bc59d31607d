"""The board of a member's own locality, to read. Concerns are on none."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, member_door
from pbvote.grants.monitoring.board import Board
from pbvote.grants.monitoring.desk import board_page
from pbvote.grants.monitoring.sheets import figure_table, group_table
from pbvote.localities.models import Locality
from pbvote.localities.service import all_localities, locality_called
from pbvote.spreadsheets.answers import send_table

door = member_door("monitoring", __name__, url_prefix="/my/board")


def _own(slug: str) -> Locality:
    """The locality with this slug, where this member is one of its partnership; else 404."""
    found = locality_called(slug)
    if found is None or found.id not in current_user.localities(Role.LP_MEMBER):
        abort(404)
    return found


@door.get("/")
def boards() -> ResponseReturnValue:
    """The board of the member's locality; where there are several, the choice of one."""
    own = [each for each in all_localities() if each.id in current_user.localities(Role.LP_MEMBER)]
    if len(own) == 1:
        return redirect(url_for("monitoring_member.board", slug=own[0].slug))
    return render_template("grants/monitoring/boards.html", localities=own)


@door.get("/<slug:slug>")
def board(slug: str) -> ResponseReturnValue:
    """What is counted in the locality, and the groups that are asked for."""
    place = _own(slug)
    return board_page(Board.of(request.args, place), place, is_desk=False)


@door.get("/<slug:slug>/groups.<kind>")
def groups(slug: str, kind: str) -> ResponseReturnValue:
    """The groups that are asked for, as a file."""
    return send_table(group_table(Board.of(request.args, _own(slug))), f"funded-groups-{slug}", kind)


@door.get("/<slug:slug>/figures.<kind>")
def figures(slug: str, kind: str) -> ResponseReturnValue:
    """What is counted in the locality, as a file."""
    return send_table(figure_table(Board.of(request.args, _own(slug))), f"monitoring-{slug}", kind)
