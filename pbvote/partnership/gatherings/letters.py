"""What groups are written about a gathering. Nothing here commits."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.addresses import own_gathering_page
from pbvote.call.groups.models import GroupContact
from pbvote.db import db
from pbvote.filters import day, hours
from pbvote.grants.mentors.letters import write_to
from pbvote.partnership.gatherings.models import Gathering, SignUp, SignUpState
from pbvote.people.models import Account
from pbvote.people.service import hold

_HEAR = (SignUpState.COMING, SignUpState.OFFERED, SignUpState.WAITING)


@dataclass(frozen=True, slots=True)
class GatheringLetter:
    """A letter to each contact of one group."""

    own: SignUp
    subject: str
    parts: Sequence[str]


def send(written: Sequence[GatheringLetter]) -> None:
    """Write these letters. All their readers are held together first, in one order for everybody."""
    contacts = _contacts_of({letter.own.group_id for letter in written if letter.own.group_id})
    hold(*(contact for each in contacts.values() for contact in each))
    for letter in written:
        group_id = letter.own.group_id or 0
        for contact in contacts.get(group_id, ()):
            page = own_gathering_page(letter.own.gathering_id, group_id)
            write_to(contact, letter.subject, letter.parts, page)


def _contacts_of(group_ids: Collection[int]) -> Mapping[int, Sequence[Account]]:
    wanted = sa.select(GroupContact.group_id, Account).join(Account, Account.id == GroupContact.account_id)
    wanted = wanted.where(GroupContact.group_id.in_(group_ids), Account.is_disabled.is_(False)).order_by(Account.id)
    found: dict[int, list[Account]] = {}
    for group_id, account in db.session.execute(wanted):
        found.setdefault(group_id, []).append(account)
    return found


def _when_and_where(gathering: Gathering) -> str:
    return f"{hours(gathering.starts_at, gathering.ends_at)}\n{gathering.venue}"


def _places(number: int) -> str:
    return f"{number} {'place' if number == 1 else 'places'}"


def confirm(gathering: Gathering, own: SignUp) -> GatheringLetter:
    """The group comes, or waits."""
    if own.waits:
        begins = f"All places are taken. {own.called} stands in the line for {_places(own.people)}."
        then = "Once they become free, we offer them to you. You then have some days to say yes."
        return GatheringLetter(own, f"In the line: {gathering.title}", (begins, _when_and_where(gathering), then))
    parts = (
        f"{own.called} has {_places(own.people)} at “{gathering.title}”.",
        _when_and_where(gathering),
        "Can you not come, or fewer of you? Say so on this page. Somebody else can then have the places.",
    )
    return GatheringLetter(own, f"You are coming: {gathering.title}", parts)


def offer(gathering: Gathering, own: SignUp, until: dt.date) -> GatheringLetter:
    """Places are free, and held for the group."""
    parts = (
        f"{_places(own.people)} at “{gathering.title}” became free. We hold them for {own.called}.",
        _when_and_where(gathering),
        f"Please say yes or no by {day(until)}. After that day they go to the next in the line.",
    )
    return GatheringLetter(own, f"{_places(own.people)} for you: {gathering.title}", parts)


def last_day(gathering: Gathering, own: SignUp) -> GatheringLetter:
    """Today is the last day to say yes."""
    begins = f"We hold {_places(own.people)} at “{gathering.title}” for {own.called} until the end of today."
    parts = (begins, "One press says yes or no. Tomorrow they go to the next in the line.")
    return GatheringLetter(own, f"Today is the last day: {gathering.title}", parts)


def passed_on(gathering: Gathering, own: SignUp) -> GatheringLetter:
    """The day was over without an answer."""
    parts = (
        f"We held {_places(own.people)} at “{gathering.title}” for {own.called}, and had no answer. They go on now.",
        "You can sign up again while there is time.",
    )
    return GatheringLetter(own, f"The places went on: {gathering.title}", parts)


def tell_moved(gathering: Gathering) -> None:
    """It is on another day, at another hour or somewhere else: everybody who signed up hears of it."""
    parts = (
        f"“{gathering.title}” has moved. It is now:",
        _when_and_where(gathering),
        "Your places stay yours. Can you not come then? Give them back on this page.",
    )
    waits = (parts[0], parts[1], "You keep your place in the line. Can you not come then? Leave it on this page.")
    _tell(gathering, f"Moved: {gathering.title}", parts, waits, held=(parts[0], parts[1]))


def tell_off(gathering: Gathering) -> None:
    """It does not take place."""
    begins = f"“{gathering.title}” on {day(gathering.starts_at)} does not take place."
    parts = (begins, f"The reason: {gathering.off_reason}", "There is nothing that you must do.")
    _tell(gathering, f"Off: {gathering.title}", parts, parts)


def _tell(
    gathering: Gathering, subject: str, parts: Sequence[str], waits: Sequence[str], held: Sequence[str] = ()
) -> None:
    """Write to everybody who signed up; `held` begins what a group reads whose answer to an offer is awaited."""
    wanted = sa.select(SignUp).where(SignUp.gathering_id == gathering.id, SignUp.state.in_(_HEAR))
    wanted = wanted.options(orm.joinedload(SignUp.group)).order_by(SignUp.id)
    written = []
    for own in db.session.scalars(wanted.execution_options(populate_existing=True)):
        said = waits if own.waits else parts
        if held and own.is_offered and own.offered_until:
            said = (*held, f"We hold {_places(own.people)} for you. Please say yes or no by {day(own.offered_until)}.")
        written.append(GatheringLetter(own, subject, said))
    send(written)
