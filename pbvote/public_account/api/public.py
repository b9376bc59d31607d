"""The API, for anyone: six collections and what describes them. Nothing of a result before it is published."""

from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from flask import Response, abort, current_app, request

from pbvote.access import public_door
from pbvote.data_addresses import api_address
from pbvote.public_account.api.collections import SIZE, ApiRow, Asked, CannotBeRead, Collection
from pbvote.public_account.api.document import api_document, collection_called
from pbvote.streaming import send_public

door = public_door("api", __name__, url_prefix="/api/v1")
JSON: Final = "application/json"


def _called(name: str) -> Collection:
    return collection_called(name) or abort(404)


def _next(collection: Collection, last: ApiRow) -> str:
    """Where the rows behind this one are, asked for in the same way."""
    since = request.args.get("since")
    asked = {"after": last.id, **({"since": since} if since else {})}
    return f"{api_address(collection.name)}?{urlencode(asked)}"


@door.get("/openapi.json")
def document() -> Response:
    """What there is, for programs."""
    return send_public(current_app.json.dumps(api_document()), JSON)


@door.get("/<slug:name>")
def rows(name: str) -> Response:
    """A page of a collection, in the order of its ids; with `since` only what has changed."""
    collection = _called(name)
    found = list(collection.find(Asked.of(dict(request.args.lists()), collection.ids)))
    shown, more = found[:SIZE], found[SIZE:]
    page: dict[str, Any] = {"data": shown, "next": _next(collection, shown[-1]) if more else None}
    return send_public(msgspec.json.encode(page), JSON)


@door.get("/<slug:name>/<row_id>")
def one(name: str, row_id: str) -> Response:
    """One row."""
    if request.args:
        raise CannotBeRead("One row takes no parameters.")
    return send_public(msgspec.json.encode(_called(name).one(row_id) or abort(404)), JSON)
