"""Polls brought from the first slip to the publication, through the services that people's clicks go through.

Everything that may differ between two polls follows from a seed: asks, ballots, slips that were shown or torn,
the order of a draw.
"""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.deciding import withdraw_bid
from pbvote.call.rounds.service import settle_share
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.tally import BallotKind, BallotRules, Choices, Rule
from pbvote.vote.acts.witnesses import name_witness
from pbvote.vote.audit.bundle import ENCLOSED, bundle_of
from pbvote.vote.count.account import ByHand, state_account
from pbvote.vote.count.code_account import MismatchReason
from pbvote.vote.count.finishing import finish
from pbvote.vote.count.outcome import draw_tie, outcome_of
from pbvote.vote.events.models import Event
from pbvote.vote.passes.asking import ask_with_pass
from pbvote.vote.passes.letting_in import allow
from pbvote.vote.passes.making import make_pass
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.poll.closing import close_poll, reopen_poll
from pbvote.vote.poll.forms import ReopenReason
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.envelopes import open_envelope
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.lost_key import key_on_paper
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips, void_batch
from pbvote.vote.slips.voiding import replace_slip, void_slip
from tests.factories import an_account, an_event, cast, count_with_witness, the_event, writing
from tests.stories import told_once

POT_PENCE = 500_00
ASKS = (60_00, 100_00, 100_00, 150_00, 200_00, 123_45, 250_00)

Step = Callable[[Event, Account], object]


@told_once
def finish_poll(
    app: Flask,
    rules: BallotRules,
    rule: Rule,
    seed: int = 0,
    voters: int = 9,
    *,
    whole: bool = False,
    is_published: bool = True,
) -> str:
    """A published event; its slug. With `whole`, whole ballots are published also where the rule needs no more."""
    chance = random.Random(seed)
    with writing(app):
        event = an_event(chance.choices(ASKS, k=5), rules, POT_PENCE)
        settle_share(event.share, {"count_rule": rule, "publishes_ballots": whole})
        an_account(Role.ORGANISER, "second@council.example")
        slug = event.slug
    slips = _print(app, voters)
    for slip in slips[: voters + 1]:
        with writing(app):
            cast(slip.code, _choices(chance, Paper.of(the_event())))
    _mishaps(app, chance, slips)
    _close_and_count(app, chance)
    while tied := _waiting(app):
        chance.shuffle(tied)
        _does(app, lambda event, organiser: draw_tie(event, tied, organiser, "witness 1"))
    with app.app_context():
        finish(the_event(), None)
    if is_published:
        _does(app, publish_outcome)
    return slug


def _does(app: Flask, step: Step) -> None:
    """Let the organiser do something to the event, in a transaction of its own."""
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        step(the_event(), organiser)


def _print(app: Flask, voters: int) -> list[PrintedSlip]:
    """Slips of every kind: live and spare ones, a batch that failed, test slips. Those that vote."""
    with writing(app):
        event = the_event()
        make_slips(event, 3, None, SlipState.TEST)
        slips = make_slips(event, voters + 4, None)
    with writing(app):
        void_batch(the_event(), make_slips(the_event(), 2, None), None)
        make_slips(the_event(), 26, None, SlipState.LIVE)
    _does(app, key_on_paper)
    _does(app, lambda event, organiser: name_witness(event, "Wanda", organiser))
    _does(app, lambda event, organiser: open_envelope(event, slips[0].envelope, None, _a_phone(event, organiser)))
    _does(app, open_poll)
    return slips


def _a_phone(event: Event, organiser: Account) -> int:
    """A steward's phone that was let in: its number."""
    device, _ = ask_with_pass(make_pass(event, DeviceKind.STEWARD, organiser), "Anna")
    return allow(event, device.id, organiser).id


def _choices(chance: random.Random, paper: Paper) -> Choices:
    """A complete ballot, of few different ones, so that bids tie."""
    rules, references = paper.rules, list(paper.references)
    chance.shuffle(references)
    few = references[: chance.randint(rules.min_choices, rules.max_choices or len(references))]
    marks = [chance.randint(rules.min_points or 1, rules.max_points or 3) for _ in references]
    match rules.kind:
        case BallotKind.SCORE:
            return dict(zip(references, marks, strict=True))
        case BallotKind.CHOOSE_THEN_SCORE:
            return dict(zip(few, marks, strict=False))
        case BallotKind.CUMULATIVE:
            first = chance.randint(1, (rules.max_sum or 2) - 1)
            return {references[0]: first, references[1]: (rules.max_sum or 2) - first}
        case BallotKind.KNAPSACK:
            left, chosen = rules.max_spend or 0, []
            for reference in references:
                if paper.asks[reference] <= left:
                    left -= paper.asks[reference]
                    chosen.append(reference)
            return tuple(chosen)
        case _:
            return tuple(few)


def _mishaps(app: Flask, chance: random.Random, slips: list[PrintedSlip]) -> None:
    """One slip that voted is void, one that did not; a lost one was replaced; voting was opened again."""
    _does(app, lambda event, by: void_slip(event, slips[0].serial, VoidReason.SHOWN, by, "witness 1"))
    _does(app, lambda event, by: void_slip(event, slips[-1].serial, VoidReason.DAMAGED, by))
    _does(app, lambda event, by: replace_slip(event, by, "witness 1"))
    _does(app, close_poll)
    _does(app, lambda event, by: reopen_poll(event, by, "witness 1", ReopenReason.PEOPLE_IN_LINE))
    if chance.random() < 0.5:
        _does(app, lambda event, by: withdraw_bid(event.running_order[0].bid, by))


def _close_and_count(app: Flask, chance: random.Random) -> None:
    _does(app, close_poll)
    door = chance.choice([0, 0, 2])  # people that the door counted and who got no slip

    def state(event: Event, by: Account) -> None:
        voted = turnout_of(event)
        left_over = slips_of(event).get(SlipState.LIVE, 0) - voted - 1  # the one that was lost
        reason = MismatchReason.LEFT_BEFORE_VOTING if door else None
        state_account(event, ByHand(left_over, voted + door, reason, "", by.id))

    _does(app, state)
    _does(app, count_with_witness)
    with app.app_context():
        finish(the_event(), None)


def _waiting(app: Flask) -> list[str]:
    with app.app_context():
        outcome = outcome_of(the_event())
        assert outcome
        return list(outcome.waiting)


def bundle_file(app: Flask, folder: Path) -> Path:
    """The event's bundle as a file."""
    with app.app_context():
        bundle = bundle_of(the_event())
    assert bundle
    path = folder / "bundle.zip"
    path.write_bytes(bundle)
    return path


def recount(bundle: Path) -> tuple[int, str]:
    """Run `recount.py` as a resident does, with nothing but Python; its end status and what it said."""
    program = ENCLOSED / "recount.py"
    ended = subprocess.run([sys.executable, "-I", "-S", program, bundle], capture_output=True, text=True, timeout=300)
    assert not ended.stderr, ended.stderr
    return ended.returncode, ended.stdout
