"""What the groups of Old Trafford & Stretford accepted and promised, through the same doors that people use."""

import datetime as dt
from collections.abc import Sequence

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.demonstration.names import second_of
from pbvote.grants.awards.models import Award
from pbvote.grants.promises.accepting import (
    SaidYes,
    accept,
    accept_for,
    acceptance_of,
    acceptances_of,
    confirm,
    promises_of,
)
from pbvote.grants.promises.keeping import Keeping, keep_promises
from pbvote.grants.promises.models import KeptBy
from pbvote.grants.promises.proposing import proposed
from pbvote.grants.promises.second import Second
from pbvote.grants.promises.terms import fewest_promises, takes_two, terms_of
from pbvote.people.models import Account


def accept_all(awards: Sequence[Award], by: Account) -> Sequence[Award]:
    """Let every group accept; those that are under way then.

    Of the last large award the second person has not confirmed.
    """
    for award in awards:
        _accept(award, by)
    large = [award for award in awards if takes_two(award)]
    for award in large[:-1]:
        if (acceptance := acceptance_of(award)) and acceptance.waits:
            confirm(acceptance)
    return [award for award in awards if award.is_under_way]


def date_acceptances(awards: Sequence[Award]) -> None:
    """Let every group have accepted on the day after it heard, and its second person an hour later."""
    acceptances = acceptances_of(awards)
    for award in awards:
        if acceptance := acceptances.get(award.id):
            acceptance.accepted_at = award.told_at + dt.timedelta(days=1)
            acceptance.second_asked_at = acceptance.accepted_at if acceptance.waits else None
            if acceptance.confirmed_at:
                acceptance.confirmed_at = acceptance.accepted_at + dt.timedelta(hours=1)
    db.session.flush()


def end_earlier(award: Award, ends_on: dt.date) -> None:
    """Let the project have been a shorter one from the beginning, in everything that the group accepted."""
    award.ends_on = ends_on
    if acceptance := acceptance_of(award):
        acceptance.ends_on, acceptance.terms = ends_on, list(terms_of(award))
        for promise in promises_of([award])[award.id]:
            promise.due_on = ends_on
    db.session.flush()


def _accept(award: Award, by: Account) -> None:
    promises = proposed(award.bid, award.ends_on, fewest_promises(award))
    second = Second(second_of(award.bid.called), f"treasurer-{award.id}@group.example")
    contacts = award.bid.group.contacts if award.bid.group else []
    lead = "Femi Lead, 0161 496 0188" if award.bid.works_with_people_at_risk else ""
    if contacts:
        accept(award, SaidYes(contacts[0].account.name, "Chair", promises, second, lead), contacts[0].account)
    else:
        accept_for(award, SaidYes("Their chair", "Chair", promises, second, lead), by)


def keep_and_miss(awards: Sequence[Award], officer: Account) -> None:
    """Of the first group, one promise is kept and one is late: the award was accepted long ago."""
    first, *others = promises_of(awards[:1])[awards[0].id]
    first.due_on = today() - dt.timedelta(days=30)
    for late in others[:1]:
        late.due_on = today() - dt.timedelta(days=10)
    db.session.flush()
    keep_promises(awards[0].id, [first.id], Keeping(today() - dt.timedelta(days=35), officer.id, KeptBy.DESK))
