"""What follows once two people have agreed to count, in steps: the count, the seal, and what explains the outcome.

It can't be one transaction: a city's ballots are written and deleted in batches, so that nobody else waits, and traces
are destroyed between two commits. Whoever walks the steps commits after each; where they were cut off, the steps begin
again with what is left to do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from pbvote.core.keys import KeyMissing
from pbvote.db import begin_write, db
from pbvote.people.models import Account
from pbvote.vote.count.box import open_box
from pbvote.vote.count.counting import batches_of, count_box, keep_count, write_totals
from pbvote.vote.count.outcome import draws_of, stored_outcome
from pbvote.vote.count.sealing import destroy_key, empty_box, empty_log, is_box_empty, seal_poll
from pbvote.vote.count.study import store_study, study_of, work_out
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.poll.service import OutOfTurn
from pbvote.vote.poll.states import AWAITS_THE_SEAL, IS_COUNTING


@dataclass(frozen=True, slots=True)
class FinishingStep:
    """A step, and whether it is a transaction of its own: `begin_write()` before it and a commit after it.

    One that is none works on files; it belongs outside every transaction.
    """

    name: str
    do: Callable[[], object]
    is_write: bool = True


def steps(event: Event, actor: Account | None) -> Iterator[FinishingStep]:
    """What is left to do until the event is sealed and its outcome explained.

    The work itself is done between the steps: each only writes what was found before it.
    """
    if event.poll in IS_COUNTING:
        yield from _count(event)
    if event.poll in AWAITS_THE_SEAL:
        while not is_box_empty(event):
            yield FinishingStep("box", partial(empty_box, event))
        yield FinishingStep("key", partial(destroy_key, event), is_write=False)
        yield FinishingStep("log", empty_log, is_write=False)
        yield FinishingStep("seal", partial(seal_poll, event, actor))
    yield from _study(event)


def _count(event: Event) -> Iterator[FinishingStep]:
    try:
        box = open_box(event)
    except KeyMissing:
        db.session.rollback()  # to see what others have done
        if event.poll in IS_COUNTING:
            raise
        return  # somebody else was faster: it is counted, and the key is destroyed
    for batch in batches_of(box.totals):
        yield FinishingStep("totals", partial(write_totals, event, batch))
    done = count_box(event, box)
    yield FinishingStep("count", partial(keep_count, event, done))


def _study(event: Event) -> Iterator[FinishingStep]:
    """Work out what explains the outcome, where that has not been done."""
    if stored_outcome(event) is None or study_of(event) is not None:
        return
    draws, findings = draws_of(event), work_out(event)

    def store() -> None:
        hold(event)
        if draws_of(event) == draws:  # else a draw came in meanwhile, and is followed by a study of its own
            store_study(event, findings)

    yield FinishingStep("study", store)


def finish(event: Event, actor: Account | None) -> None:
    """Do what is left to do, committing after each step. Raises `NotClean`; nothing is lost, and it can go on.

    Where somebody else does the same and is faster, the rest is left to them.
    """
    for step in steps(event, actor):
        try:
            if step.is_write:
                begin_write()
            step.do()
            db.session.commit()
        except OutOfTurn:
            db.session.rollback()
            return
