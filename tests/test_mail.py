"""Letters on their way to a mail server that is really there: sent once, kept when it fails, emptied when they went."""

import asyncio
import datetime as dt
import email
import smtplib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from aiosmtpd.controller import Controller
from flask import Flask

from pbvote.core.clock import now
from pbvote.db import begin_write, db
from pbvote.mail.models import LetterAttachment
from pbvote.mail.service import call_back, send_waiting_letters, write_letter
from tests.conftest import AppMaker
from tests.factories import writing
from tests.outbox import letters

NOON = dt.datetime(2014, 7, 12, 12, tzinfo=dt.UTC)


@dataclass
class Sink:
    """A mail server that keeps what it gets, and says no in the ways that real ones do."""

    received: list[Message] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    """For whom somebody brought a letter, taken or not."""
    refusals: dict[str, str] = field(default_factory=dict)
    """What to answer to a letter for this recipient."""
    during: Any = None
    """What happens elsewhere while a letter is being taken."""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a letter."""
        self.tried.extend(envelope.rcpt_tos)
        for recipient in envelope.rcpt_tos:
            if recipient in self.refusals:
                return self.refusals[recipient]
        self.received.append(email.message_from_bytes(envelope.content))
        if self.during:
            await asyncio.to_thread(self.during)
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        """To whom the letters went."""
        return [message["To"] for message in self.received]


@pytest.fixture
def port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        number: int = server.getsockname()[1]
    return number


@pytest.fixture
def sink(port: int) -> Iterator[Sink]:
    """A mail server on the port."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    yield sink
    controller.stop()


@pytest.fixture
def app(make_app: AppMaker, port: int) -> Flask:
    """The app, whose letters go to the port."""
    return make_app(SMTP_HOST="127.0.0.1", SMTP_PORT=port, MAIL_FROM="Grants <grants@council.example>")


def write(app: Flask, *recipients: str) -> None:
    """A letter for each."""
    with writing(app):
        for recipient in recipients:
            write_letter(recipient, "Twój bid", "Dear Żaneta,\n\nhttps://council.example/link#K7QF\n")
            db.session.flush()


def send(app: Flask) -> int:
    """Send what waits."""
    with app.app_context():
        return send_waiting_letters(app.config)


def waiting(app: Flask) -> dict[str, int]:
    """How often each letter that has not gone was tried, by its recipient."""
    with app.app_context():
        return {letter.recipient: letter.attempts for letter in letters() if letter.sent_at is None}


def test_a_letter_goes_once_and_arrives_as_it_was_written(app: Flask, sink: Sink) -> None:
    write(app, "a@group.example", "b@group.example")
    assert [send(app), send(app)] == [2, 0]
    assert sink.recipients == ["a@group.example", "b@group.example"]
    message = sink.received[0]
    assert str(email.header.make_header(email.header.decode_header(message["Subject"]))) == "Twój bid"
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "Żaneta,\r\n\r\nhttps://council.example/link#K7QF" in body.decode()
    assert message["From"] == "Grants <grants@council.example>"
    assert message["Date"]
    assert message["Message-ID"].endswith("@council.example>")
    assert message["Message-ID"] != sink.received[1]["Message-ID"]


def test_mail_programs_show_a_button_where_letters_can_be_stopped(app: Flask, sink: Sink) -> None:
    with writing(app):
        stops_at = write_letter("a@x.example", "News", "…", stops_at=f"https://{'x-' * 50}y.example/stop").stops_at
    assert send(app) == 1
    headers = (sink.received[0]["List-Unsubscribe"], sink.received[0]["List-Unsubscribe-Post"])
    assert headers == (f"<{stops_at}>", "List-Unsubscribe=One-Click")  # RFC 8058, however long


def test_what_a_sent_letter_said_is_forgotten(app: Flask, sink: Sink) -> None:
    write(app, "a@group.example")
    send(app)
    assert sink.recipients == ["a@group.example"]
    with app.app_context():
        [letter] = letters()
        assert (letter.body, letter.attempts) == ("", 1)
        assert letter.sent_at


def test_a_letter_belongs_to_the_transaction_of_what_it_tells_about(app: Flask, sink: Sink) -> None:
    with app.app_context():
        begin_write()
        write_letter("a@group.example", "Never happened", "…")
        db.session.rollback()
    assert send(app) == 0
    assert sink.received == []


def test_a_refused_letter_waits_ever_longer_and_holds_nobody_up(app: Flask, sink: Sink) -> None:
    sink.refusals["slow@group.example"] = "451 Come back later"
    with time_machine.travel(NOON, tick=False) as clock:
        write(app, "slow@group.example", "b@group.example")
        assert send(app) == 1
        assert sink.recipients == ["b@group.example"]
        assert waiting(app) == {"slow@group.example": 1}
        assert send(app) == 0  # a second run in the same minute does not try again
        for minute, attempts in [(1, 2), (2, 2), (3, 3), (6, 3), (7, 4), (14, 4)]:
            clock.move_to(NOON + dt.timedelta(minutes=minute))
            assert send(app) == 0
            assert waiting(app) == {"slow@group.example": attempts}, minute
        del sink.refusals["slow@group.example"]
        clock.move_to(NOON + dt.timedelta(minutes=15))
        assert send(app) == 1
    assert sink.recipients[-1] == "slow@group.example"


def test_a_letter_that_nobody_takes_is_given_up_after_a_day_and_a_half(app: Flask, sink: Sink) -> None:
    sink.refusals["gone@group.example"] = "550 No such person"
    with time_machine.travel(NOON, tick=False) as clock:
        write(app, "gone@group.example")
        for hours in [0, 1, 2, 4, 8, 16, 24, 30, 34, 35]:
            clock.move_to(NOON + dt.timedelta(hours=hours))
            send(app)
        assert waiting(app)["gone@group.example"] >= 9
        for days in range(2, 8):
            clock.move_to(NOON + dt.timedelta(days=days))
            send(app)
    assert waiting(app) == {"gone@group.example": 12}
    assert sink.received == []


def test_a_server_that_hangs_up_costs_the_other_letters_no_attempt(app: Flask, sink: Sink) -> None:
    sink.refusals["a@group.example"] = "421 Too many letters, closing"
    write(app, "a@group.example", "b@group.example", "c@group.example")
    with pytest.raises(OSError, match="Too many letters"):
        send(app)
    assert waiting(app) == {"a@group.example": 1, "b@group.example": 0, "c@group.example": 0}


def test_a_server_that_is_not_there_costs_no_letter_an_attempt(app: Flask) -> None:
    write(app, "a@group.example")
    said = app.test_cli_runner().invoke(args=["send-mail"])
    assert said.exit_code == 1
    assert "The mail server did not answer" in said.output
    assert waiting(app) == {"a@group.example": 0}


def test_the_command_says_how_many_went(app: Flask, sink: Sink) -> None:
    write(app, "a@group.example", "b@group.example")
    assert app.test_cli_runner().invoke(args=["send-mail"]).output == "2 sent\n"
    assert len(sink.received) == 2


def test_the_command_without_a_server_says_which_setting_is_missing(make_app: AppMaker) -> None:
    said = make_app().test_cli_runner().invoke(args=["send-mail"])
    assert said.exit_code == 1
    assert "PBVOTE_SMTP_HOST" in said.output


def test_two_runs_at_once_send_no_letter_twice(app: Flask, sink: Sink) -> None:
    write(app, *(f"{name}@group.example" for name in "abcd"))

    def second_run() -> None:
        sink.during = None
        send(app)

    sink.during = second_run
    sink.refusals["c@group.example"] = "451 Come back later"
    send(app)
    assert sorted(sink.tried) == [f"{name}@group.example" for name in "abcd"]
    assert waiting(app) == {"c@group.example": 1}


@pytest.mark.parametrize(
    "address",
    [
        "=?utf-8?q?a=0d=0ab?=@b.example",
        "a@b.example\r\nBcc: all@council.example",
        "",
    ],
)
def test_a_letter_that_can_not_be_built_fails_alone(app: Flask, sink: Sink, address: str) -> None:
    write(app, address, "b@group.example")
    assert send(app) == 1
    assert sink.recipients == ["b@group.example"]
    assert waiting(app) == {address: 1}


def test_a_letter_that_breaks_off_half_told_leaves_the_server_ready_for_the_next(
    app: Flask, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = smtplib.SMTP.rcpt

    def stumble(server: smtplib.SMTP, recipient: str, options: Any = ()) -> Any:
        if recipient == "a@group.example":
            raise UnicodeEncodeError("ascii", recipient, 0, 1, "no such letter")
        return tell(server, recipient, options)

    monkeypatch.setattr(smtplib.SMTP, "rcpt", stumble)
    write(app, "a@group.example", "b@group.example")
    assert send(app) == 1
    assert sink.recipients == ["b@group.example"]
    assert waiting(app) == {"a@group.example": 1}


def test_a_sender_that_can_not_be_written_costs_no_letter_an_attempt(make_app: AppMaker, port: int, sink: Sink) -> None:
    app = make_app(SMTP_HOST="127.0.0.1", SMTP_PORT=port, MAIL_FROM="=?utf-8?q?a=0d=0ab?=@council.example")
    write(app, "a@group.example")
    said = app.test_cli_runner().invoke(args=["send-mail"])
    assert said.exit_code == 1
    assert "PBVOTE_MAIL_FROM" in said.output
    assert waiting(app) == {"a@group.example": 0}
    assert sink.tried == []


def test_a_subject_is_one_line_whatever_somebody_typed_into_a_name(app: Flask, sink: Sink) -> None:
    with writing(app):
        write_letter("a@group.example", "Your bid\r\nBcc: all@council.example", "Dear Ann")
    assert send(app) == 1
    assert sink.received[0]["Subject"] == "Your bid Bcc: all@council.example"
    assert sink.received[0]["Bcc"] is None


def test_of_a_letter_that_is_not_kept_nothing_is_left_once_it_has_gone(app: Flask, sink: Sink) -> None:
    with writing(app):
        for recipient in ("gone@mail.example", "refused@mail.example"):
            write_letter(recipient, "The result is out", "https://council.example/results\n", is_kept=False)
    sink.refusals["refused@mail.example"] = "550 No such person"
    assert send(app) == 1
    assert sink.recipients == ["gone@mail.example"]
    with app.app_context():
        assert [letter.recipient for letter in letters()] == ["refused@mail.example"]


def test_a_pdf_travels_with_its_letter_and_is_gone_once_it_has_gone_or_was_called_back(app: Flask, sink: Sink) -> None:
    with writing(app):
        write_letter("ann@group.example", "A copy", "It is attached.\n", pdfs={"copy.pdf": b"%PDF-1.7 copy"})
        later = write_letter("bob@group.example", "Another", "…\n", now() + dt.timedelta(hours=1), pdfs={"b.pdf": b"b"})
        db.session.flush()
        call_back([later.id])
    assert send(app) == 1
    *_, attached = sink.received[0].walk()
    assert (attached.get_filename(), attached.get_payload(decode=True)) == ("copy.pdf", b"%PDF-1.7 copy")
    with app.app_context():
        assert db.session.scalars(sa.select(LetterAttachment)).all() == []


def test_a_pdf_stays_while_its_letter_waits_for_another_try(app: Flask, sink: Sink) -> None:
    sink.refusals["ann@group.example"] = "451 Try again later"
    with writing(app):
        write_letter("ann@group.example", "A copy", "It is attached.\n", pdfs={"copy.pdf": b"%PDF-1.7 copy"})
    assert send(app) == 0
    with app.app_context():
        assert db.session.scalars(sa.select(LetterAttachment.content)).all() == [b"%PDF-1.7 copy"]
