"""What browsers load beside the pages: the same answer for everybody, kept for a year, compressed beforehand."""

import gzip
import os
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask

from pbvote.assets.build import STATIC, publish
from pbvote.headers import YEAR
from pbvote.static_files import marked_name
from tests.checked_client import CheckedClient, check_headers
from tests.factories import sign_in
from tests.hall import open_poll_codes, slug

FOR_A_YEAR = {"public", "immutable", f"max-age={YEAR}"}


@pytest.fixture
def signed_in(app: Flask, client: CheckedClient) -> CheckedClient:
    """Somebody whose session would be refreshed by every page."""
    open_poll_codes(app)
    sign_in(client, "organiser@council.example")
    return client


@pytest.mark.parametrize(
    "name", ["site.css", "site-rtl.css", "voter.css", "screen.css", "site.js", "voter.js", "kiosk.js"]
)
@pytest.mark.parametrize(("accepted", "coding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", None)])
def test_a_static_file_is_one_answer_for_everybody(
    signed_in: CheckedClient, name: str, accepted: str, coding: str | None
) -> None:
    answer = signed_in.get(f"/static/{marked_name(STATIC / name)}", headers={"Accept-Encoding": accepted})
    assert answer.status_code == 200
    assert set(answer.headers["Cache-Control"].split(", ")) == FOR_A_YEAR
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers.get("Content-Encoding") == coding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert unpack(answer.data) == (STATIC / name).read_bytes()
    check_headers(answer)


def test_a_static_file_that_did_not_change_stays_cached(signed_in: CheckedClient) -> None:
    path = f"/static/{marked_name(STATIC / 'site.css')}"
    tag = signed_in.get(path).headers["ETag"]
    again = signed_in.get(path, headers={"If-None-Match": tag, "Accept-Encoding": "br"})
    assert again.status_code == 304
    assert again.data == b""
    assert set(again.headers["Cache-Control"].split(", ")) == FOR_A_YEAR
    assert again.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in again.headers


def test_a_static_file_touches_neither_the_app_nor_its_sessions(app: Flask, client: CheckedClient) -> None:
    """Not even a cookie that breaks the session can change the answer."""
    answered = []
    app.before_request(lambda: answered.append("the app"))
    client.set_cookie("session", "\0 no session of ours")
    assert client.get(f"/static/{marked_name(STATIC / 'voter.css')}").status_code == 200
    assert answered == []


def test_every_page_names_static_files_that_are_there(app: Flask, signed_in: CheckedClient) -> None:
    for page in ("/", f"/v/{slug(app)}", f"/v/{slug(app)}/kiosk", "/privacy"):
        named = set(re.findall(r'"(/static/[^"]+)"', signed_in.get(page).get_data(as_text=True)))
        assert len(named) >= 3
        for address in named:
            assert "immutable" in signed_in.get(address).headers["Cache-Control"], address


def test_what_is_not_built_is_not_found(client: CheckedClient) -> None:
    for name in ("site.000000000000.css", "../config.py", "%2e%2e/config.py", ".built/"):
        assert client.get(f"/static/{name}").status_code == 404


def test_a_new_build_leaves_what_a_page_of_last_week_asks_for(tmp_path: Path) -> None:
    style = tmp_path / "voter.css"
    style.write_text("a{color:red}" * 100)
    publish(tmp_path)
    first = tmp_path / marked_name(style)
    style.write_text("a{color:blue}" * 100)
    publish(tmp_path)
    assert first.is_file()
    for file in tmp_path.iterdir():
        os.utime(file, (0, 0))
    publish(tmp_path)
    second = tmp_path / marked_name(style)
    kept = {path.name for path in tmp_path.iterdir()}
    assert kept == {style.name, second.name, f"{second.name}.br", f"{second.name}.gz"}
