"""Erasing somebody: what goes, what loses the name, and what stays. Nothing here commits.

Sums, decisions, dates and the ledgers stay as they are: the ledgers hold numbers of accounts and no names.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa

from pbvote.access import Role
from pbvote.call.checking.models import GroupLetterCopy
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.files.models import Photo
from pbvote.files.service import forget_photo
from pbvote.grants.mentors.models import Absence, Mentor
from pbvote.mail.models import Letter
from pbvote.mail.service import stop_letter
from pbvote.partnership.members.models import MemberProfile, PartnershipMember
from pbvote.people.models import Account
from pbvote.people.service import hold, start_afresh
from pbvote.rights.one_person.finding import Trace, TraceTie, as_text, digest_of, find_traces, is_json, table_called
from pbvote.rights.one_person.models import Erasure
from pbvote.rights.one_person.person import FORMER, Person

_NOBODYS_DOMAIN: Final = "erased.invalid"
"""No letter ever gets there: RFC 2606 keeps the ending free."""


class NothingHeld(Refusal):
    """Nobody has this address or number here."""

    def __init__(self) -> None:
        super().__init__("Nothing is held here about this person, so there is nothing to erase.")


class FoundChanged(Refusal):
    """What is held is not what the page showed."""

    def __init__(self) -> None:
        super().__init__("What is held about this person has changed meanwhile. Look at it again.")


class StillNeeded(Refusal):
    """Somebody whom the council or a group needs first to replace, or whose name an audit needs."""


def why_not(person: Person, traces: Sequence[Trace]) -> list[str]:
    """The sentences that say what must be done first, or why the name stays; none where the person can be erased."""
    account = person.account
    if account is None:
        return []
    found = []
    held = account.roles & {Role.ORGANISER, Role.AUDITOR}
    if held:
        found.append("They work here as an organiser or an auditor. Take these roles away first.")
    if minding := _groups_minded(account):
        groups = "a funded group" if minding == 1 else f"{minding} funded groups"
        found.append(f"They are the mentor of {groups}, or cover. Name somebody else first.")
    decided = sum(1 for trace in traces if set(trace.through) & set(trace.held.columns("decided")))
    if decided:
        acts = "an act" if decided == 1 else f"{decided} acts"
        found.append(
            f"They answered for public money or for a vote in {acts}. An audit asks who did, so the name stays. "
            "You can suspend the account."
        )
    return found


def _groups_minded(account: Account) -> int:
    mentored = sa.select(sa.func.count()).select_from(Mentor)
    mentored = mentored.where(Mentor.account_id == account.id, Mentor.until_on.is_(None))
    covered = sa.select(sa.func.count()).select_from(Absence)
    covered = covered.where(Absence.cover_id == account.id, Absence.back_on > today())
    return (db.session.scalar(mentored) or 0) + (db.session.scalar(covered) or 0)


def is_deleted(trace: Trace, *, with_namesakes: bool) -> bool:
    """Whether erasure deletes the row, and does not only take the name out."""
    if not trace.held.goes or trace.row.get("sent_at"):
        return False
    is_by_name = with_namesakes and bool(set(trace.through) & set(trace.held.columns("whose")))
    return trace.tie is TraceTie.THEIRS or (trace.tie is TraceTie.NAMED and is_by_name)


def erase(person: Person, seen: str, *, with_namesakes: bool, by: Account) -> Erasure:
    """Erase somebody, and note that it was done. `seen` is the digest of what the page before has shown.

    Where only the name fits, a row is touched `with_namesakes` alone.
    Raises `NothingHeld`, `FoundChanged` and `StillNeeded`.
    """
    if person.account:
        hold(person.account)
    traces = find_traces(person)
    if not traces:
        raise NothingHeld
    if digest_of(traces) != seen:
        raise FoundChanged
    if reasons := why_not(person, traces):
        raise StillNeeded(" ".join(reasons))
    done: Counter[str] = Counter()
    photos: list[int] = []
    told = _letters_of_decisions(traces)
    for trace in traces:
        if trace.tie is TraceTie.NAMED and not with_namesakes:
            continue
        if trace.held.table == "letter" and trace.row["id"] in told:
            _take_name_out(trace, person)
            stop_letter(trace.row["id"])
        elif is_deleted(trace, with_namesakes=with_namesakes):
            photos += _delete(trace)
        elif trace.held.table == "account" or not _take_name_out(trace, person):
            continue
        done[trace.held.what] += 1
    if person.account:
        photos += _leave_partnerships(person.account)
        _close(person.account)
        done["Account"] += 1
    for photo in db.session.scalars(sa.select(Photo).where(Photo.id.in_(photos))).all():
        forget_photo(photo)
    erasure = Erasure(by_id=by.id, rows=dict(done))
    db.session.add(erasure)
    db.session.flush()
    return erasure


def _letters_of_decisions(traces: Sequence[Trace]) -> set[int]:
    """The letters that wait for the person and tell a group of a decision.

    Their rows stay, without the address and the text: that this letter was not delivered is part of the bid’s history.
    """
    ids = [trace.row["id"] for trace in traces if trace.held.table == "letter" and trace.tie is TraceTie.THEIRS]
    copies = sa.select(GroupLetterCopy.letter_id).join(GroupLetterCopy.letter)
    return set(db.session.scalars(copies.where(GroupLetterCopy.letter_id.in_(ids), Letter.sent_at.is_(None))))


def _key(trace: Trace) -> sa.ColumnElement[bool]:
    table = table_called(trace.held.table)
    return sa.and_(*(table.c[name] == value for name, value in trace.key.items()))


def _delete(trace: Trace) -> Iterator[int]:
    """Delete the row; the photos that it held."""
    table = table_called(trace.held.table)
    gone = db.session.execute(sa.delete(table).where(_key(trace)).returning(*table.primary_key)).all()
    if not gone:
        raise FoundChanged
    yield from (value for name, value in trace.row.items() if name.endswith("photo_id") and value)


def _take_name_out(trace: Trace, person: Person) -> bool:
    """Put a former contact in the person's place; whether there was anything to change.

    Each text is replaced only as it was read, so that nothing that somebody wrote meanwhile is lost.
    """
    table, changed = table_called(trace.held.table), _changed(trace, person)
    if not changed:
        return False
    as_read = [as_text(table.c[name]) == trace.raw[name] for name in changed]
    values: dict[str, Any] = {
        name: sa.literal(value, sa.JSON()) if is_json(table.c[name]) else value for name, value in changed.items()
    }
    if "version" in table.c:  # whoever has it open to edit does not put the name back
        values["version"] = table.c.version + 1
    update = sa.update(table).where(_key(trace), *as_read).values(values)
    if not db.session.execute(update.returning(*table.primary_key)).all():
        raise FoundChanged
    return True


def _changed(trace: Trace, person: Person) -> dict[str, Any]:
    held, row = trace.held, trace.row
    whole = {name for column in trace.through for name in held.together.get(column, "").split() if row.get(name)}
    after = {name: person.without(row[name]) for name in held.columns("names", "words") if row.get(name)}
    after |= dict.fromkeys(whole, FORMER)
    changed = {name: value for name, value in after.items() if value != row[name]}
    return {name: "" if name in held.emptied.split() else value for name, value in changed.items()}


def _leave_partnerships(account: Account) -> list[int]:
    """End their time in every partnership, and what they showed to everybody; the photos of that."""
    theirs = sa.select(PartnershipMember.id).where(PartnershipMember.account_id == account.id)
    profiles = sa.delete(MemberProfile).where(MemberProfile.member_id.in_(theirs))
    gone = db.session.execute(profiles.returning(MemberProfile.photo_id, MemberProfile.new_photo_id)).all()
    last_on = sa.case((PartnershipMember.from_on > today(), PartnershipMember.from_on), else_=today())
    ended = sa.func.coalesce(PartnershipMember.until_on, last_on)
    left = sa.update(PartnershipMember).where(PartnershipMember.account_id == account.id)
    left = left.values(account_id=None, is_editor=False, until_on=ended)
    db.session.execute(left.execution_options(synchronize_session=False))
    return [photo_id for profile in gone for photo_id in profile if photo_id]


def _close(account: Account) -> None:
    """Nobody signs in with this account any more, and nothing says whose it was; its number stays."""
    start_afresh(account)
    account.name, account.email = FORMER, f"former-contact-{account.id}@{_NOBODYS_DOMAIN}"
    account.is_disabled, account.takes_digest = True, False
    db.session.flush()
