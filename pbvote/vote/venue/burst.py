"""A burst of test votes: as many casts at once as a hall may send, by the voter's own path.

Its slips are test slips, made for it and on no paper: what they say goes to a table of its own, which no count reads
(`pbvote.vote.poll.models.RehearsalBallot`). Afterwards their ballots go, so that nobody takes them for a rehearsal.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

import sqlalchemy as sa
from flask import Flask, Response, current_app, url_for
from werkzeug.test import EnvironBuilder

from pbvote.call.rounds.made_hall import choices_of
from pbvote.db import db
from pbvote.doctor.findings import Diagnosis, ok, unsafe, warning
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.casting.service import Stored
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.poll.models import RehearsalBallot
from pbvote.vote.poll.opening import paper_to_vote_on
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.states import TAKES_CHANGES
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from pbvote.voters_path import OF_OURS

VOTES: Final = 50
AT_ONCE: Final = 8
"""Threads that cast: more would only wait for one another."""
SLOW_SECONDS: Final = 5.0
_OK: Final = 200


class BurstTooLate(Refusal):
    """Test votes in numbers are for the time before the hall votes."""

    def __init__(self) -> None:
        super().__init__("Voting has opened, so no test votes are sent: they would stand in the hall’s way.")


class NoSlipsYet(Refusal):
    """The first slip fixes the rules, and a test slip is one."""

    def __init__(self) -> None:
        super().__init__("Print the slips first. Test votes need the rules as they will be, and slips fix them.")


@dataclass(frozen=True, slots=True)
class BurstVote:
    """A test slip's code, and its whole ballot as a phone sends it."""

    code: str
    body: dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of the casts: the status of each answer, and the seconds that all of them took together."""

    statuses: Sequence[int]
    seconds: float

    @property
    def refused(self) -> int:
        """How many were not acknowledged."""
        return sum(status != _OK for status in self.statuses)


def make_votes(event: Event, actor: Account | None) -> list[BurstVote]:
    """Make the slips, and fill each in. Commit before any is cast.

    Raises `BurstTooLate`, `NoSlipsYet`, and what keeps a poll from opening on this ballot paper.
    """
    hold(event, TAKES_CHANGES, otherwise=BurstTooLate)
    if not event.share.is_locked:
        raise NoSlipsYet
    paper = paper_to_vote_on(event)
    slips = make_slips(event, VOTES, actor, SlipState.TEST, is_on_paper=False)
    return [BurstVote(slip.code, _body(slip.code, paper)) for slip in slips]


def _body(code: str, paper: Paper) -> dict[str, str | list[str]]:
    """The form of a complete ballot: the earlier a bid stands on the paper, the better it is liked."""
    liking = {line.reference: 1 - place / len(paper.lines) for place, line in enumerate(paper.lines)}
    marks = Stored(choices_of(liking, paper.rules, paper.asks), 1).marks(paper)
    form: dict[str, str | list[str]] = {"code": code, "lang": "en", "definition": paper.definition, "seen": "0"}
    if paper.rules.kind.has_votes:
        return form | {"bid": [str(line.number) for line, _ in marks]}
    return form | {f"bid-{line.number}": str(mark) for line, mark in marks}


def cast_all(votes: Sequence[BurstVote]) -> Answers:
    """Cast them, several at once, each as one request to the app. No transaction may be open here."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # threads have no context of ours
    cast = partial(_status_of, app, url_for("casting.cast"))
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        statuses = list(threads.map(cast, votes))
    return Answers(statuses, time.perf_counter() - started)


def _status_of(app: Flask, path: str, vote: BurstVote) -> int:
    ours = {OF_OURS: True}
    request = EnvironBuilder(
        path, base_url=app.config["BASE_URL"], method="POST", data=vote.body, environ_overrides=ours
    )
    return Response.from_app(app.wsgi_app, request.get_environ()).status_code


def clear_away(event: Event, votes: Sequence[BurstVote]) -> int:
    """Delete what the votes left in the rehearsal's box; how many were there."""
    key = key_ring().read(event.slug)
    tags = [key.ballot_tag(key.code_tag(vote.code)) for vote in votes]
    gone = sa.delete(RehearsalBallot).where(RehearsalBallot.event_id == event.id, RehearsalBallot.ballot_tag.in_(tags))
    return len(db.session.scalars(gone.returning(RehearsalBallot.version)).all())


def of_burst(answers: Answers, stored: int) -> Diagnosis:
    """What the burst shows, where so many of its votes were `stored`."""
    number, took = len(answers.statuses), f"{answers.seconds:.1f} s"
    acknowledged = number - answers.refused
    if stored != acknowledged:
        sentence = f"{acknowledged} test votes were acknowledged, and {stored} stored."
        return unsafe("burst", sentence, "Do not open voting on this server. Tell whoever runs it.")
    if answers.refused:
        sentence = f"{answers.refused} of {number} test votes were refused, in {took}."
        return unsafe("burst", sentence, "Let whoever runs the server look at its log, then try again.")
    if answers.seconds > SLOW_SECONDS:
        advice = "That is slow for a hall. Find out what else runs on the server, then try again."
        return warning("burst", f"{number} test votes in {took}, none refused.", advice)
    return ok("burst", f"{number} test votes in {took}, none refused.")
