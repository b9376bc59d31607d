"""The benchmark of a hall asks what the product's pages ask: its figures would else be those of another program."""

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from benchmarks.hall import VOTES, Size, meet, planned_event
from benchmarks.hall_pages import at_work, number_in, waiting_phones
from benchmarks.servers import council
from benchmarks.watchers import Beat
from pbvote.cli.front import run

SMALL = Size(phones=3, screens=1, consoles=1, doors=1, voters=3, settling=0.5, waiting=0.5, voting=0.5, rounds=1)


@pytest.fixture
def hall(demonstration: None, database_url: str, tmp_path: Path) -> Flask:
    """The demonstration as the benchmark serves it."""
    return council(str(tmp_path), database_url)


def asked(hall: Flask, beat: Beat) -> tuple[int, str]:
    """Status and ETag of the answer to what the benchmark sends."""
    head, _, body = beat.request().partition(b"\r\n\r\n")
    first, *fields = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = Headers([(name, value) for name, _, value in (field.partition(": ") for field in fields)])
    answer = run(hall.wsgi_app, EnvironBuilder(path, method=method, headers=headers, data=body).get_environ())
    return answer.status, answer.said("etag")


def test_each_page_asks_at_an_address_that_answers_in_a_line_while_nothing_changes(hall: Flask) -> None:
    pages = waiting_phones(hall, planned_event(hall), 1) + at_work(hall, VOTES, screens=1, consoles=1, doors=1)
    assert [len(page) for page in pages] == [1, 3, 1, 2]
    short = set()
    for beat in (beat for page in pages for beat in page):
        status, beat.etag = asked(hall, beat)
        assert status == 200, beat.name
        if beat.etag:
            assert asked(hall, beat)[0] == 304, beat.name
            short.add(beat.name)
    assert short >= {"screen", "door", "console"}


def test_a_script_that_asks_in_another_way_is_noticed() -> None:
    with pytest.raises(LookupError, match=r"waiting\.js has no number MINUTES"):
        number_in("voter/waiting.js", "MINUTES")


def test_a_small_hall_waits_and_votes(hall: Flask, database_url: str) -> None:
    found = meet(hall, database_url, 1, SMALL)
    assert (found.refused, found.errors) == (0, 0)
    [votes] = found.rounds
    assert {name: len(times) for name, times in votes.voted.seconds.items()} == {
        "page": 3,
        "file": 6,
        "paper": 3,
        "cast": 3,
    }
    assert found.waiting.database == 0
    assert votes.server.together > 0
