"""Figures for Prometheus: true, at an address of their own, and never finer than the screen's."""

import datetime as dt
import http.client
import json
import shutil
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from pbvote.cli.metrics import Requests, State
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.mail.models import MOST_ATTEMPTS, Letter
from pbvote.mail.service import write_letter
from pbvote.voters_path import UNNOTED
from tests.conftest import both_databases
from tests.factories import an_open_poll, writing
from tests.serving import free_port, server


def figures(text: str) -> dict[str, float]:
    """Each figure by its name and labels."""
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found[" ".join([sample.name, *(f"{value}" for _, value in sorted(sample.labels.items()))])] = sample.value
    return found


def told(registry: CollectorRegistry) -> dict[str, float]:
    """What a registry says."""
    return figures(generate_latest(registry).decode())


@pytest.mark.parametrize("door", [*UNNOTED, "static"])
def test_what_may_not_be_logged_is_told_in_tens_and_late(app: Flask, door: str) -> None:
    registry, clock = CollectorRegistry(), [0.0]
    requests = Requests(app, registry, lambda: clock[0])
    for _ in range(12):
        requests.note(f"/{door}/3", 200, 0.01)
    assert not [name for name in told(registry) if f" {door} " in f"{name} "]
    clock[0] = 30.0
    requests.note("/", 200, 0.01)
    assert told(registry)[f"pbvote_requests_total {door} 2xx"] == 10


def test_voters_are_told_in_tens_once_the_half_minute_is_over(app: Flask) -> None:
    registry, clock = CollectorRegistry(), [0.0]
    requests = Requests(app, registry, lambda: clock[0])
    for number in range(47):
        requests.note("/v/cast", 200, 0.01 * number)
        requests.note("/v/cast", 503 if number < 9 else 404, 0.3)
    requests.note("/", 200, 0.02)
    requests.note("/desk/events/sale-2014", 302, 0.02)
    requests.note("/wp-login.php", 404, 0.02)
    assert not [name for name in told(registry) if " v" in name]
    for moment, sent in ((29.9, 0), (30.0, 40), (59.0, 40), (60.0, 50)):
        clock[0] = moment
        requests.note("/v/cast", 200, 0.01)
        now_told = told(registry)
        assert now_told.get("pbvote_requests_total v 2xx", 0) == sent, moment
        if moment < 60:
            requests.note("/v/cast", 200, 0.01)
    assert now_told["pbvote_requests_total v 4xx"] == 30
    assert "pbvote_requests_total v 5xx" not in now_told  # fewer than ten
    assert now_told["pbvote_request_seconds_count v"] == 80
    assert all(value % 10 == 0 for name, value in now_told.items() if name.startswith("pbvote_request_seconds_count v"))
    assert now_told["pbvote_requests_total front 2xx"] == now_told["pbvote_requests_total desk 3xx"] == 1
    assert now_told["pbvote_requests_total other 4xx"] == 1


@both_databases
def test_the_state_of_the_house_is_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(app):
        an_open_poll(1)
        write_letter("jo@council.example", "A question", "Words")
        write_letter("ann@council.example", "Another", "Words").attempts = MOST_ATTEMPTS
    begun = now().timestamp()
    assert app.test_cli_runner().invoke(args=["tidy"]).exit_code == 0
    assert app.test_cli_runner().invoke(args=["remind"]).exit_code == 0
    registry = CollectorRegistry()
    registry.register(State(app))
    found = told(registry)
    assert (found["pbvote_database_up"], found["pbvote_open_polls"]) == (1, 1)
    with app.app_context():
        letters: int = db.session.scalar(sa.select(sa.func.count()).select_from(Letter)) or 0
        db.session.rollback()
    # A letter that somebody has just caused is in no figure.
    assert (found["pbvote_letters_overdue"], found["pbvote_letters_failed"]) == (0, 1)
    with time_machine.travel(now() + dt.timedelta(minutes=11), tick=False):
        assert told(registry)["pbvote_letters_overdue"] == letters - 1
    free = shutil.disk_usage(app.instance_path).free
    assert found["pbvote_disk_free_bytes instance"] % 10_000_000 == 0
    assert abs(found["pbvote_disk_free_bytes instance"] - free) < 1_000_000_000
    for command in ("tidy", "remind"):
        assert found[f"pbvote_last_run_timestamp_seconds {command}"] >= begun
    assert not [name for name in found if "vote" in name.removeprefix("pbvote") or "council.example" in name]
    with app.app_context():
        db.engine.dispose()
    monkeypatch.setattr("pbvote.cli.metrics.failed_letters", lambda: db.session.execute(sa.text("SELECT nothing")))
    found = told(registry)
    assert found["pbvote_database_up"] == 0
    assert "pbvote_open_polls" not in found


def test_they_are_served_apart_from_the_site(app: Flask, database_url: str, tmp_path: Path) -> None:
    port, apart = free_port(), free_port()
    with server(tmp_path, database_url, port, 1, METRICS_LISTEN=f"127.0.0.1:{apart}"):
        for path in ("/healthz", "/healthz", "/metrics"):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", path)
            assert connection.getresponse().status == (404 if path == "/metrics" else 200)
            connection.close()
        with urllib.request.urlopen(f"http://127.0.0.1:{apart}/metrics", timeout=20) as answer:
            found = figures(answer.read().decode())
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            urllib.request.urlopen(f"http://127.0.0.1:{apart}/", timeout=20)
        refused.value.close()
        with socket.create_connection(("127.0.0.1", apart), timeout=20):  # who says nothing
            urllib.request.urlopen(f"http://127.0.0.1:{apart}/metrics", timeout=20).close()
    assert found["pbvote_requests_total healthz 2xx"] == 2
    assert found["pbvote_requests_total other 4xx"] == 1
    assert found["pbvote_database_up"] == 1
    assert json.dumps(found).count("pid") == 0
