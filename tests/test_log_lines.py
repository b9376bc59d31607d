"""What the server writes down when something fails: enough to mend it, and nothing of whoever asked."""

import ast
import io
import json
import logging
import os
import re
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy.exc import IntegrityError

from pbvote.log_lines import LogLines, reference, write_log_lines
from pbvote.voters_path import UNNOTED
from tests.factories import an_open_poll, writing
from tests.house import tracked

MARK = "Marked-7qf9"
MARKED = {"email": f"{MARK}@people.example", "name": MARK, "code": MARK, "password": MARK, "comment": f"I am {MARK}."}


@pytest.fixture
def written() -> Iterator[tuple[LogLines, io.StringIO]]:
    """The server's log, in place of the tests'."""
    root, ours = logging.getLogger(), logging.getLogger("pbvote")
    before = root.handlers[:], ours.handlers[:], threading.excepthook, sys.unraisablehook
    out = io.StringIO()
    yield write_log_lines(out), out
    root.handlers[:], ours.handlers[:], threading.excepthook, sys.unraisablehook = before
    logging.captureWarnings(False)


def lines_in(out: io.StringIO) -> list[dict[str, Any]]:
    """What was written, line by line."""
    return [json.loads(line) for line in out.getvalue().splitlines()]


def failing(app: Flask, failure: str = "") -> Flask:
    """The app, whose every request fails with an exception that quotes all of it."""

    def fail() -> None:
        quoted = f"{request.url} {dict(request.form)} {dict(request.headers)}"
        if failure:
            raise IntegrityError(quoted, {"email": MARK}, ValueError(quoted))
        try:
            int(quoted)
        except ValueError as error:
            raise KeyError(quoted) from error

    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.before_request_funcs[None].append(fail)
    return app


def test_no_form_of_any_room_leaves_what_was_sent_in_the_log(app: Flask, written: tuple[LogLines, io.StringIO]) -> None:
    handler, out = written
    client = failing(app).test_client()
    told: list[str] = []
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        path = re.sub(r"<int:\w+>", "7", rule.rule)
        path = re.sub(r"<[^>]+>", MARK.lower(), path)
        headers = {"User-Agent": MARK, "X-Forwarded-For": MARK, "Referer": f"http://localhost/{MARK}"}
        answer = client.post(f"{path}?q={MARK}", data=MARKED, headers=headers)
        page = answer.get_data(as_text=True)
        if path.split("/")[1] in UNNOTED:
            assert "reference" not in page
        elif answer.status_code == 500:
            told.append(re.search(r"reference: <strong[^>]*><bdi>([0-9A-Z]{4}-[0-9A-Z]{4})<", page)[1])  # type: ignore[index]
    lines = [line for line in lines_in(out) if "reference" in line]  # a voter's may come, once the half minute is over
    assert [line["reference"] for line in lines] == told
    assert len(set(told)) == len(told) > 200
    assert {tuple(line["kinds"]) for line in lines} == {("KeyError", "ValueError")}
    assert {line["through"][-1].split()[-1] for line in lines} == {"fail"}
    assert {"people.try_sign_in", "bids_desk.word"} <= {line["view"] for line in lines}
    handler.flush_held()
    assert MARK.lower() not in out.getvalue().lower()
    assert "127.0.0.1" not in out.getvalue()
    assert "people.example" not in out.getvalue()


def test_what_the_database_says_of_a_row_stays_out(app: Flask, written: tuple[LogLines, io.StringIO]) -> None:
    _, out = written
    assert failing(app, "integrity").test_client().post("/sign-in", data=MARKED).status_code == 409
    [line] = lines_in(out)
    assert line["message"] == "409: ValueError"
    assert MARK not in out.getvalue()


def test_of_a_voter_no_line_tells_when_who_or_how_many(
    app: Flask, written: tuple[LogLines, io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, out = written
    monkeypatch.setattr("pbvote.log_lines.WINDOW_SECONDS", 1_000_000)
    with writing(app):
        _, slips = an_open_poll(2)
        codes = [slip.code for slip in slips]
    client = app.test_client()
    assert client.post("/v/paper", data={"code": codes[0]}).status_code == 200
    handler.flush_held()
    assert out.getvalue() == ""  # a voter whose vote works leaves nothing
    failing(app)
    for code in (*codes, "x"):
        assert client.post("/v/cast", data={"code": code}).status_code == 500
    assert out.getvalue() == ""
    handler.flush_held()
    [line] = lines_in(out)
    assert sorted(line) == ["kinds", "level", "message", "through"]
    assert not re.search(rf"{codes[0]}|cast\b|{reference.__name__}", out.getvalue())


def test_what_waits_comes_with_the_half_minute(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pbvote.log_lines.WINDOW_SECONDS", 0.05)
    out = io.StringIO()
    handler = LogLines(out)
    handler.handle(logging.LogRecord("pbvote", logging.ERROR, __file__, 1, "503: %s", ("Busy",), None))
    assert handler._timer
    handler._timer.join(5)
    assert lines_in(out) == [{"level": "error", "message": "503: Busy"}]


def test_of_other_libraries_only_the_place_is_told(written: tuple[LogLines, io.StringIO]) -> None:
    handler, out = written
    logging.getLogger("asyncio").error("Future of %s", MARK)
    thread = threading.Thread(target=lambda: int(MARK))
    thread.start()
    thread.join()
    handler.flush_held()
    asyncios, threads = sorted(lines_in(out), key=lambda line: "kinds" in line)
    assert asyncios["at"].startswith("test_log_lines:")
    assert threads["kinds"] == ["ValueError"]
    assert MARK not in out.getvalue()


def test_a_process_that_was_forked_writes_its_own_lines_and_none_of_its_parents(
    written: tuple[LogLines, io.StringIO],
) -> None:
    handler, _ = written
    logging.getLogger("pbvote").error("the parent’s")
    assert handler._timer
    child = os.fork()
    if not child:
        begun_afresh = not handler._held and handler._timer is None
        logging.getLogger("pbvote").error("the child’s")
        os._exit(0 if begun_afresh and handler._timer else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(handler._held) == 1


@pytest.mark.parametrize("part", UNNOTED)
def test_of_what_may_not_be_logged_no_line_tells_when(
    app: Flask, written: tuple[LogLines, io.StringIO], monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    handler, out = written
    monkeypatch.setattr("pbvote.log_lines.WINDOW_SECONDS", 1_000_000)
    page = failing(app).test_client().get(f"/{part}/sale").get_data(as_text=True)
    assert (out.getvalue(), "reference" in page) == ("", False)
    handler.flush_held()
    [line] = lines_in(out)
    assert {"time", "reference", "view"}.isdisjoint(line)


def test_our_own_words_are_fixed() -> None:
    """What is written into a line is a sentence of ours; its values are numbers, ids and names of exceptions."""
    values = {"_rule_of(error)", "status", "name", "letter.id", "stored.id", "photo.small.id"}
    values |= {"type(error).__name__", "type(error.orig).__name__", "type(failure).__name__"}
    found, told = 0, set()
    for file in tracked("pbvote/*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            is_written = re.search(r"(?i)log\w*(\(.*\))?\.(error|warning|exception|info|critical|log)$", called)
            if isinstance(node, ast.Call) and is_written:
                found += 1
                assert isinstance(node.args[0], ast.Constant), f"{file}: {node.lineno}"
                told |= {ast.unparse(each) for each in node.args[1:]}
    assert found > 5
    assert told == values
