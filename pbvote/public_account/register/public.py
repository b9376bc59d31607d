"""The register of grants, for anyone."""

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.core.reading import sent_number
from pbvote.public_account.register.sheets import COLUMNS, register_table
from pbvote.public_account.register.shown import GrantRegister, number_of
from pbvote.spreadsheets.answers import send_long_table

door = public_door("register", __name__, url_prefix="/register")
ALL = "all"


def _page(register: GrantRegister) -> ResponseReturnValue:
    found = register.page(sent_number(request.args.get("page"))) if register.year else None
    shown = {"found": found, "number_of": number_of, "columns": COLUMNS}
    return render_template("public_account/register/year.html", register=register, **shown)


@door.get("")
def latest() -> ResponseReturnValue:
    """The latest financial year with grants; a sentence where there is none."""
    return _page(GrantRegister.of())


@door.get("/<slug:year>")
def one_year(year: str) -> ResponseReturnValue:
    """A financial year."""
    register = GrantRegister.of(year)
    return _page(register) if register.year else abort(404)


@door.get("/<slug:year>/grants.<kind>")
def grants(year: str, kind: str) -> Response:
    """Its grants as a file; those of every year under “all”."""
    register = GrantRegister.whole() if year == ALL else GrantRegister.of(year)
    if register.year is None and year != ALL:
        abort(404)
    table = register_table(register, current_app.config["COUNCIL_DEPARTMENT"])
    return send_long_table(table, f"register-of-grants-{year}", kind, register.changed_at)
