"""The council's 360Giving data, for anyone."""

import datetime as dt
from typing import IO

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.public_account.giving import service
from pbvote.public_account.giving.funder import Funder
from pbvote.public_account.giving.writing import FIELDS, LICENCE, VERSION, giving_table, write_json
from pbvote.spreadsheets.answers import send_long_table
from pbvote.streaming import send_written

door = public_door("giving", __name__, url_prefix="/open")
NAME = "360giving"


@door.get("/360giving")
def explained() -> ResponseReturnValue:
    """What the files are, where they stand, and what each column says."""
    columns = [column for column, _ in FIELDS]
    shown = {"published": service.published(), "columns": columns, "licence": LICENCE, "version": VERSION}
    return render_template("public_account/giving/explained.html", **shown)


@door.get("/360giving.<kind>")
def file(kind: str) -> ResponseReturnValue:
    """The grants as one file. Before the first, and until an organiser has published it, a page that says so."""
    if kind not in {"json", "xlsx", "csv"}:
        abort(404)
    published = service.published()
    if published is None:
        return render_template("public_account/giving/explained.html", published=None), 404
    return _written(kind, *published)


def _written(kind: str, published_at: dt.datetime, moved_at: dt.datetime) -> Response:
    """The file, however many grants there are. Its last change is that of the latest of them."""
    funder = Funder.of_settings()
    if kind != "json":
        return send_long_table(giving_table(service.all_grants(), funder), NAME, kind, moved_at)

    def write(out: IO[bytes]) -> None:
        write_json(out, service.all_grants(), funder, published_at, moved_at)

    return send_written(write, f"{NAME}.json", "application/json", moved_at)
