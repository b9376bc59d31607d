"""What follows a count that two people confirmed: the seal, and what explains the outcome.

It can't be one transaction, since traces are destroyed between two commits; so these functions commit, as views do, and
each begins again where it was cut off.
"""

from contextlib import suppress

from pbvote.db import begin_write, db
from pbvote.people.models import Account
from pbvote.vote.count.outcome import draws_of, stored_outcome
from pbvote.vote.count.sealing import destroy_traces, seal_poll
from pbvote.vote.count.study import store_study, study_of, work_out
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called
from pbvote.vote.poll.service import OutOfTurn
from pbvote.vote.poll.states import AWAITS_THE_SEAL


def finish_sealing(slug: str, actor: Account | None) -> None:
    """Destroy what could link a slip to its ballot, then seal. Raises `NotClean`; nothing is lost, and it can go on."""
    if _event(slug).poll not in AWAITS_THE_SEAL:
        return
    destroy_traces(slug)
    begin_write()
    with suppress(OutOfTurn):  # somebody else pressed the same button, and was faster
        seal_poll(_event(slug), actor)
    db.session.commit()


def finish_study(slug: str) -> None:
    """Work out what explains the outcome, where that has not been done, and keep it."""
    event = _event(slug)
    if stored_outcome(event) is None or study_of(event) is not None:
        return
    draws, findings = draws_of(event), work_out(event)
    begin_write()
    hold(event)
    if draws_of(event) == draws:  # else a draw came in meanwhile, and is followed by a study of its own
        store_study(event, findings)
    db.session.commit()


def _event(slug: str) -> Event:
    event = event_called(slug)
    if event is None:
        raise LookupError(slug)
    return event
