"""Work out what stands beside an outcome: how close each bid came, what other rules would have funded, the margin.

It takes seconds, so it is done outside every transaction: after the count, or after an import.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from flask_babel import gettext

from pbvote.core.hashes import canonical
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.remembering import remembered
from pbvote.tally import Closeness, Election, Margin, Outcome, Rule, closeness, compare, margin
from pbvote.tally.ties import Draws, lot_seed
from pbvote.vote.count.models import Study
from pbvote.vote.count.outcome import draws_of, election_of, stored_outcome
from pbvote.vote.events.models import Event

MOST_BALLOTS = 1_000
"""Different ballots up to which every bid's closeness is worked out at once."""
_working = Lock()


class StillWorking(Refusal):
    """Another bid is being worked out in this process."""

    status = 503

    def __init__(self) -> None:
        super().__init__(gettext("We are working out another bid. Ask again in a few seconds."))


@dataclass(frozen=True, slots=True)
class Findings:
    """What a study found: closeness by reference, other outcomes by the rule's name, and the outcome's margin."""

    closeness: dict[str, Closeness]
    others: dict[str, Outcome]
    margin: Margin | None


def work_out(event: Event) -> Findings:
    """Study the event's counted ballots. Seconds of work, and no writing."""
    election = election_of(event, with_ballots=True)
    rule = event.share.count_rule
    stored = stored_outcome(event)
    outcome = stored.body if stored else None
    draws = draws_of(event)
    is_hall = len(election.ballots.groups) <= MOST_BALLOTS
    losers = [step.ref for step in outcome.steps if not step.verdict.is_funded] if outcome and is_hall else []
    close = {ref: closeness(election, rule, ref, draws) for ref in losers}
    return Findings(close, _others(election, rule, draws), _margin(election, rule, draws))


def _others(election: Election, rule: Rule, draws: Draws) -> dict[str, Outcome]:
    """What other rules would have funded; nothing where the election is too large for one of them.

    A tie that was drawn in the room stays drawn under every rule that meets it.
    """
    try:
        return dict(compare(election, rule, draws))
    except ValueError:
        return {}


def _margin(election: Election, rule: Rule, draws: Draws) -> Margin | None:
    """How many ballots stood between this outcome and another; None where the election is too large to tell."""
    try:
        return margin(election, rule, draws)
    except ValueError:
        return None


def store_study(event: Event, findings: Findings) -> None:
    """Keep a study; where there is one already, that stays."""
    values = {
        "event_id": event.id,
        "closeness": findings.closeness,
        "others": findings.others,
        "margin": findings.margin,
    }
    db.session.execute(insert_if_absent(Study, values))


def study_of(event: Event) -> Findings | None:
    """The event's study, where it was made."""
    stored = db.session.get(Study, event.id)
    if stored is None:
        return None
    return Findings(stored.closeness, stored.others, stored.margin)


def how_close(event: Event, reference: str) -> Closeness:
    """How close one bid came: from the study where it is there, else worked out now and remembered by this app.

    Of what is remembered, the ballots are named by the moment of their count: to read them again takes longer than to
    work one bid out.
    """
    study = study_of(event)
    close = study.closeness.get(reference) if study else None
    if close:
        return close
    stored, rule, draws = stored_outcome(event), event.share.count_rule, draws_of(event)
    counted = stored.counted_at.isoformat() if stored else ""
    paper = lot_seed(election_of(event, with_ballots=False), rule)
    key = ("closeness", event.slug, counted, paper, canonical(draws), reference)
    return remembered(key, lambda: _alone(lambda: _closeness_now(event, reference, rule, draws)))


def _closeness_now(event: Event, reference: str, rule: Rule, draws: Draws) -> Closeness:
    """A bid's closeness, worked out from the ballots: seconds of work in a city."""
    return closeness(election_of(event, with_ballots=True), rule, reference, draws)


def _alone(work_out: Callable[[], Closeness]) -> Closeness:
    """One at a time in a process: somebody who asks for all bids of a city at once keeps no other page waiting."""
    if not _working.acquire(blocking=False):
        raise StillWorking
    try:
        return work_out()
    finally:
        _working.release()
