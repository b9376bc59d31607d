"""What follows a count that two people confirmed: the seal, and what explains the outcome.

It can't be one transaction, since traces are destroyed between two commits; so these functions commit, as views do, and
each begins again where it was cut off.
"""

from contextlib import suppress

from pbvote.db import begin_write, db, hold_event
from pbvote.events.models import Event, PollState
from pbvote.events.service import event_called
from pbvote.people.models import Account
from pbvote.results.sealing import destroy_traces, seal_poll
from pbvote.results.service import draws_of, stored_outcome
from pbvote.results.study import store_study, study_of, work_out
from pbvote.voting.service import OutOfTurn


def finish_sealing(slug: str, actor: Account | None) -> None:
    """Destroy what could link a slip to its ballot, then seal. Raises `NotClean`; nothing is lost, and it can go on."""
    if _event(slug).poll is not PollState.COUNTED:
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
    hold_event(event.id, exclusive=True)
    if draws_of(event) == draws:  # else a draw came in meanwhile, and is followed by a study of its own
        store_study(event, findings)
    db.session.commit()


def _event(slug: str) -> Event:
    event = event_called(slug)
    if event is None:
        raise LookupError(slug)
    return event
