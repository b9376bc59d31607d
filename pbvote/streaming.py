"""Rows of tables that can hold a million, and files for everybody that are made of them."""

import datetime as dt
import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any

import sqlalchemy as sa
from flask import Response, request, send_file

from pbvote.db import db

AT_A_TIME = 10_000
CACHE_SECONDS = 300


def many_rows(query: str, **values: Any) -> Iterator[Sequence[Any]]:
    """The rows of a query written in SQL, in batches of which one is held at a time.

    Each is as the driver gives it, which is five times as fast as through the types of the columns.
    """
    found = db.session.execute(sa.text(query).execution_options(yield_per=AT_A_TIME), values)
    for batch in found.partitions():
        yield from batch


def send_public(content: bytes | str, content_type: str, name: str = "") -> Response:
    """A small file for everybody, under this name where it is one to keep; whoever has it already is told so.

    A page of any other site may read it, too.
    """
    response = Response(content, content_type=content_type)
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.cache_control.public = True
    response.cache_control.max_age = CACHE_SECONDS
    response.add_etag()
    response.make_conditional(request)
    return response


def send_written(write: Callable[[IO[bytes]], None], name: str, content_type: str, changed_at: dt.datetime) -> Response:
    """What `write` writes, as a file for everybody, whatever its size: it stands on the disk, not in memory.

    It carries its digest and the moment of the last change, so that whoever has it already is told so. A page of any
    other site may read it, too.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it once it is sent
    write(file)
    size = file.tell()
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    response = send_file(
        file,
        mimetype=content_type,
        as_attachment=True,
        download_name=name,
        etag=digest,
        last_modified=changed_at,
        max_age=CACHE_SECONDS,
    )
    if response.status_code == 200:
        response.content_length = size
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def send_kept_back(write: Callable[[IO[bytes]], None], name: str, content_type: str) -> Response:
    """What `write` writes, as a file for whoever may come in here: from the disk too, and kept by nobody between."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it once it is sent
    write(file)
    file.seek(0)
    response = send_file(file, mimetype=content_type, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response
