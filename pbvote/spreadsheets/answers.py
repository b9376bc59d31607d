"""Tables as downloads."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from flask import Response, abort

from pbvote.spreadsheets.tables import Table
from pbvote.spreadsheets.workbooks import as_xlsx, write_xlsx
from pbvote.spreadsheets.writing import as_csv, write_csv
from pbvote.streaming import send_written

_WAYS: Final[Mapping[str, tuple[Callable[[Table], bytes], str]]] = {
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
}


def send_table(table: Table, name: str, kind: str) -> Response:
    """The table as a file to keep; 404 for a kind that is neither ``xlsx`` nor ``csv``."""
    if kind not in _WAYS:
        abort(404)
    write, content_type = _WAYS[kind]
    disposition = f'attachment; filename="{name}.{kind}"'
    return Response(write(table), content_type=content_type, headers={"Content-Disposition": disposition})


def send_long_table(table: Table, name: str, kind: str, changed_at: dt.datetime) -> Response:
    """The same of a table of any length that anybody may read. It is asked for again only once it has changed."""
    if kind not in _WAYS:
        abort(404)
    write = partial(write_xlsx, table, made_at=changed_at) if kind == "xlsx" else partial(write_csv, table)
    return send_written(write, f"{name}.{kind}", _WAYS[kind][1], changed_at)
