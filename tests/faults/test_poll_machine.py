"""Thousands of sequences of casts, replays, replacements, voids, closes and reopens against a model of a few lines."""

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pbvote.db import db
from pbvote.people.service import account_with_email
from pbvote.vote.count.box import open_box
from pbvote.vote.poll.closing import close_poll, reopen_poll
from pbvote.vote.poll.forms import ReopenReason
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.service import OutOfTurn
from pbvote.vote.poll.states import PollState
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.poll.voided import VoidReason, left_out_of
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.slips.voiding import AlreadyVoid, NeedsSecondPerson, void_slip
from tests.conftest import both_databases
from tests.factories import the_event, writing
from tests.faults import times
from tests.hall import cast_body, open_poll_codes, text_of_mark
from tests.pages import client_of

SLIPS = 3
slips = st.integers(0, SLIPS - 1)
marks = st.integers(1, 2)


@dataclass
class Model:
    """What the poll should be: by slip its mark and version; the void ones; and whether votes are taken."""

    votes: dict[int, tuple[int, int]] = field(default_factory=dict)
    void: set[int] = field(default_factory=set)
    left_out: dict[int, tuple[int, int]] = field(default_factory=dict)
    is_open: bool = True

    def cast(self, slip: int, mark: int, seen: int) -> int:
        """The status with which a cast is answered, after it has done what it does."""
        if slip in self.void:
            return 404
        stored, version = self.votes.get(slip, (0, 0))
        if not self.is_open:
            return 200 if (stored, version) == (mark, seen + 1) else 409  # what came in time is acknowledged once more
        if version == seen:
            self.votes[slip] = (mark, version + 1)
            return 200
        return 200 if (stored, version) == (mark, seen + 1) else 409


class Machine(RuleBasedStateMachine):
    """The same acts on the model and on the app."""

    app: Flask

    @initialize()
    def begin(self) -> None:
        """Fresh slips on an open poll."""
        self.model, self.last = Model(), None
        with writing(self.app):
            db.session.execute(sa.delete(Ballot))
            db.session.execute(sa.text("UPDATE event SET poll = 'open'"))
            db.session.expire_all()
            self.before = left_out_of(the_event())  # of the sequences before this one, whose ballots are gone
            made = make_slips(the_event(), SLIPS, None, SlipState.LIVE)
            self.codes, self.serials = [slip.code for slip in made], [slip.serial for slip in made]

    last: tuple[int, int, int] | None

    @rule(slip=slips, mark=marks, seen=st.integers(0, 3))
    def cast(self, slip: int, mark: int, seen: int) -> None:
        """A cast that replaces the version it names: in order, out of order, or far ahead."""
        self.last = (slip, mark, seen)
        answer = client_of(self.app).post("/v/cast", data=cast_body(self.app, self.codes[slip], mark, seen))
        assert answer.status_code == self.model.cast(slip, mark, seen)

    @rule()
    def replay(self) -> None:
        """The same cast once more, as a phone sends it that heard nothing."""
        if self.last:
            self.cast(*self.last)

    @rule(slip=slips, is_confirmed=st.booleans())
    def void(self, slip: int, is_confirmed: bool) -> None:
        """Make a slip void, with or without a second person."""
        second = "witness 1" if is_confirmed else ""
        try:
            with writing(self.app):
                void_slip(the_event(), self.serials[slip], VoidReason.FOUND, self.organiser(), second)
        except AlreadyVoid:
            assert slip in self.model.void
        except NeedsSecondPerson:
            assert slip in self.model.votes or not self.model.is_open
            assert not is_confirmed
        else:
            assert slip not in self.model.void
            assert is_confirmed or (slip not in self.model.votes and self.model.is_open)
            self.model.void.add(slip)
            if slip in self.model.votes:
                self.model.left_out[slip] = self.model.votes.pop(slip)

    @rule()
    def close(self) -> None:
        """Close the poll."""
        try:
            with writing(self.app):
                close_poll(the_event(), self.organiser())
            assert self.model.is_open
        except OutOfTurn:
            assert not self.model.is_open
        self.model.is_open = False

    @rule()
    def reopen(self) -> None:
        """Open it again."""
        try:
            with writing(self.app):
                reopen_poll(the_event(), self.organiser(), "witness 1", ReopenReason.CLOSED_BY_MISTAKE)
            assert not self.model.is_open
        except OutOfTurn:
            assert self.model.is_open
        self.model.is_open = True

    @invariant()
    def agree(self) -> None:
        """The box holds what the model holds."""
        with self.app.app_context():
            event = the_event()
            assert (event.poll is PollState.OPEN) == self.model.is_open
            stored = sorted(
                (row.choices, row.version) for row in db.session.execute(sa.select(Ballot.choices, Ballot.version))
            )
            in_box = [*self.model.votes.values(), *self.model.left_out.values()]
            assert stored == sorted((text_of_mark(mark), version) for mark, version in in_box)
            box = open_box(event)
            assert (box.unaccounted, box.left_out) == (0, len(self.model.left_out))
            assert turnout_of(event) + self.before == box.voted == len(self.model.votes)

    def organiser(self) -> Any:
        """The organiser of the event."""
        return account_with_email("organiser@council.example")


@both_databases
def test_no_sequence_of_acts_differs_from_the_model(app: Flask) -> None:
    open_poll_codes(app, 1)
    machine: type[Machine] = type("MachineOfApp", (Machine,), {"app": app})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=times(few=20, full=2000),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
