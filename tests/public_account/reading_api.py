"""How tests read the API: every row of a collection, page by page, and what a problem says."""

import datetime as dt
from typing import Any

from pbvote.public_account.api.document import COLLECTIONS
from tests.checked_client import CheckedClient

API = "/api/v1"
NAMES = [collection.name for collection in COLLECTIONS]
Row = dict[str, Any]


def read(client: CheckedClient, name: str, since: dt.datetime | None = None) -> list[Row]:
    """Every row of a collection, page by page."""
    found: list[Row] = []
    address = f"{API}/{name}"
    asked = {"since": since.isoformat()} if since else None
    while address:
        answer = client.get(address, query_string=asked)
        assert answer.status_code == 200
        page = answer.get_json()
        found += page["data"]
        asked, address = None, (page["next"] or "").removeprefix(client.application.config["BASE_URL"])
    assert [row["id"] for row in found] == list(dict.fromkeys(row["id"] for row in found))
    return found


def everything(client: CheckedClient) -> dict[str, list[Row]]:
    """Every row of every collection."""
    return {name: read(client, name) for name in NAMES}


def changed(client: CheckedClient, since: dt.datetime) -> dict[str, list[str]]:
    """The ids of what has changed since a moment, figures apart."""
    found = {name: [row["id"] for row in read(client, name, since)] for name in NAMES if name != "figures"}
    return {name: ids for name, ids in found.items() if ids}


def refused(client: CheckedClient, address: str, status: int, method: str = "GET") -> str:
    """What a problem says."""
    answer = client.open(API + address, method=method)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    said = answer.get_json()
    assert said["status"] == status
    return str(said["detail"])
