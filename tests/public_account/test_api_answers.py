"""How the API answers: page by page, by what has changed, with a problem where it can't, and as it is described."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from pbvote.db import Busy
from pbvote.public_account.api import collections, public
from pbvote.public_account.api.document import COLLECTIONS, schemas
from tests.checked_client import CheckedClient
from tests.grants.decided import result
from tests.pages import text_of
from tests.public_account.reading_api import API, NAMES, everything, refused
from tests.public_account.years import a_year


def test_pages_follow_each_other(app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch) -> None:
    a_year(app)
    whole = everything(client)
    for module in (collections, public):
        monkeypatch.setattr(module, "SIZE", 2)
    first = client.get(f"{API}/bids", query_string={"since": "2020-01-01T00:00:00+01:00"}).get_json()
    assert len(first["data"]) == 2
    assert first["next"].endswith("/api/v1/bids?after=grants-2014.B-02&since=2020-01-01T00%3A00%3A00%2B01%3A00")
    assert everything(client) == whole
    assert client.get(f"{API}/bids?after=grants-2014.B-99").get_json() == {"data": [], "next": None}


@pytest.mark.parametrize(
    "since",
    ["2027-02-30", "20270201", "yesterday", "", "2027-02-01T10:00:00", "2027-02-01T25:00:00Z", "1", "٢٠٢٧-٠٢-٠١"],
)
def test_a_moment_that_is_none_is_refused(client: CheckedClient, since: str) -> None:
    answer = client.get(f"{API}/rounds", query_string={"since": since})
    assert answer.status_code == 400
    assert answer.get_json()["detail"].startswith("“since” is a moment like")


@pytest.mark.parametrize(
    ("since", "meant"),
    [
        ("2026-07-01", "2026-06-30T23:00:00+00:00"),
        ("2026-07-01t10:00:00.25+02:00", "2026-07-01T08:00:00.250000+00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("0001-01-01T00:00:00+05:00", "1900-01-01T00:00:00+00:00"),
        ("0001-01-01", "1900-01-01T00:00:00+00:00"),
        ("9999-12-31T23:59:59.999-05:00", "9999-12-31T23:59:59+00:00"),
    ],
)
def test_a_moment_is_read_as_it_is_meant(client: CheckedClient, since: str, meant: str) -> None:
    assert collections.read_since(since).isoformat() == meant
    assert [client.get(f"{API}/{name}", query_string={"since": since}).status_code for name in NAMES] == [200] * 6


def test_what_can_not_be_answered_is_a_problem(client: CheckedClient) -> None:
    assert "no other" in refused(client, "/rounds?limit=1000", 400)
    assert "once" in refused(client, "/rounds?since=2027-01-01&since=2027-01-02", 400)
    for after in ("0", "x", "1%00", "99999999999999999999"):
        assert "“after”" in refused(client, f"/awards?after={after}", 400)
    assert "no parameters" in refused(client, "/rounds/grants-2014?since=2027-01-01", 400)
    for address in (
        "",
        "/",
        "/people",
        "/rounds/",
        "/rounds/GRANTS",
        "/bids/1",
        "/awards/0",
        "/awards/1%00",
        "/meetings/1/items",
    ):
        refused(client, address, 404)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert "Programs read here" in refused(client, "/rounds", 405, method)


def test_when_it_is_crowded_it_says_when_to_come_again(client: CheckedClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def crowded(_name: str) -> None:
        raise Busy

    monkeypatch.setattr(public, "collection_called", crowded)
    assert "Wait a few seconds" in refused(client, "/rounds", 503)
    assert client.get(f"{API}/rounds").headers["Retry-After"] == "5"


def test_whoever_has_it_already_is_told_so_and_nobody_gets_a_cookie(app: Flask, client: CheckedClient) -> None:
    result(app)
    client.set_cookie("session", "anything")
    for name in (*NAMES, "openapi.json"):
        first = client.get(f"{API}/{name}")
        assert (first.status_code, first.mimetype) == (200, "application/json")
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        assert first.cache_control.public
        assert "Set-Cookie" not in first.headers
        again = client.get(f"{API}/{name}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert client.head(f"{API}/{name}").headers["ETag"] == first.headers["ETag"]
    preflight = client.options(f"{API}/rounds", headers={"Access-Control-Request-Headers": "If-None-Match"})
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in preflight.headers
    assert "Access-Control-Allow-Origin" not in client.get("/open").headers


def described() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema that has fields."""
    return ((name, schema) for name, schema in schemas()[1].items() if "properties" in schema)


def test_every_field_says_what_it_is() -> None:
    fields = [(name, field, said) for name, schema in described() for field, said in schema["properties"].items()]
    assert len(fields) > 100
    for name, field, said in fields:
        assert said.get("description", "").endswith("."), (name, field)
        # One word for an amount everywhere: its unit is in its name and in what is said of it.
        assert ("pence" in field) is ("pence" in said["description"]), (name, field)
    assert all(set(schema["required"]) == set(schema["properties"]) for _, schema in described())


def test_people_read_how_programs_read(client: CheckedClient) -> None:
    assert 'href="/open/api"' in client.get("/open").get_data(as_text=True)
    page = client.get("/open/api")
    assert text_of(page).count("curl '") == 2
    assert 'href="/api/v1/openapi.json"' in page.get_data(as_text=True)
    for collection in COLLECTIONS:
        assert collection.sentence in text_of(page)
