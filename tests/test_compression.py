"""What anybody may read is compressed; what holds a secret never is."""

import gzip

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.checked_client import CheckedClient
from tests.factories import sign_in
from tests.hall import open_poll_codes, slug
from tests.pages import SCORES, fields_of

PACKED = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@pytest.mark.parametrize(("accepted", "coding"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")])
@pytest.mark.parametrize("address", ["/", "/v/{slug}", "/v/{slug}/kiosk", "/privacy"])
def test_what_anybody_may_read_is_compressed(app: Flask, address: str, accepted: str, coding: str) -> None:
    open_poll_codes(app)
    client = FlaskClient(app, TestResponse)  # the checked one reads no compressed page
    answer = client.get(address.format(slug=slug(app)), headers={"Accept-Encoding": accepted})
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}[coding]
    assert answer.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert b"<!DOCTYPE html>" in unpack(answer.data)
    assert len(answer.data) < 0.6 * len(unpack(answer.data))


def test_what_is_not_asked_for_compressed_is_not(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    answer = client.get(f"/v/{slug(app)}")
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_what_is_small_is_sent_as_it_is(client: CheckedClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers=PACKED).headers


def test_no_page_with_a_code_or_a_choice_is_compressed(app: Flask, client: CheckedClient) -> None:
    """A listener on the network sees lengths, and a compressed page's length tells what is in it."""
    code = open_poll_codes(app)[0]
    paper = client.post("/v/paper", data={"code": code, "lang": "en"}, headers=PACKED)
    fields = fields_of(paper.get_data(as_text=True))
    refused = client.post("/v/cast", data=fields, headers=PACKED)
    done = client.post("/v/cast", data={**fields, **SCORES}, headers=PACKED)
    for answer in (paper, refused, done):
        assert "Content-Encoding" not in answer.headers
    for answer in (paper, refused):
        assert code in answer.get_data(as_text=True)


def test_no_page_with_a_token_is_compressed(app: Flask, client: CheckedClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    form = client.get("/sign-in?next=/csrf_token", headers=PACKED)
    assert "csrf_token" in form.get_data(as_text=True)
    assert "Set-Cookie" in form.headers
    assert "Content-Encoding" not in form.headers
    # From now on a cookie comes along, and any page may hold what only its owner may read.
    assert "Content-Encoding" not in client.get("/privacy", headers=PACKED).headers


def test_no_page_for_somebody_who_is_known_is_compressed(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    sign_in(client, "organiser@council.example")
    for page in ("/", "/desk/", "/privacy"):
        assert "Content-Encoding" not in client.get(page, headers=PACKED).headers
