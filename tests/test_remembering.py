"""What is worked out once: how many wait for it, and that whoever waited finds it."""

import threading

import pytest
from flask import Flask

from pbvote import remembering
from pbvote.core.turns import Crowded
from pbvote.remembering import remembered


def test_what_is_heavy_is_worked_out_once_however_many_ask(app: Flask) -> None:
    worked: list[str] = []
    found: list[str] = []

    def work_out() -> str:
        worked.append("once")
        return "a poster"

    def ask() -> None:
        with app.app_context():
            found.append(remembered(("poster",), work_out, is_heavy=True))

    threads = [threading.Thread(target=ask) for _ in range(1 + remembering.MOST_WAITING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert found == ["a poster"] * 4
    assert worked == ["once"]


def test_what_is_heavy_takes_few_threads_and_what_is_known_waits_for_none(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "MOST_WAITING", 0)

    def work_out() -> str:
        with pytest.raises(Crowded):
            remembered(("another",), lambda: "never", is_heavy=True)
        assert remembered(("known",), lambda: "never", is_heavy=True) == "known"
        assert remembered(("light",), lambda: "light") == "light"
        return "slow"

    with app.app_context():
        remembered(("known",), lambda: "known")
        assert remembered(("slow",), work_out, is_heavy=True) == "slow"
        assert remembered(("another",), lambda: "in time", is_heavy=True) == "in time"
