"""Failures that are counted, so that whoever guesses waits ever longer. Nothing here commits.

Why it is done like this, and what each number means: docs/decisions/guessing.md.
"""

import datetime as dt
import hmac
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa
from flask import current_app

from pbvote.core.clock import now
from pbvote.core.codes import read_code
from pbvote.core.patience import Patience, in_words
from pbvote.db import add_one, db
from pbvote.errors import Refusal
from pbvote.people.models import FailedTries

_MINUTE, _HOUR, _DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)

HERE = Patience(free=5, longest=4 * _HOUR, kept=_DAY)
HERE_AMID_NOISE = Patience(free=2, longest=4 * _HOUR, kept=_DAY)
EVERYWHERE = Patience(free=20, longest=4 * _HOUR, kept=_DAY)
NETWORK = Patience(free=60, longest=_HOUR, kept=_HOUR)
"""From so many failures on, whatever they were at, a network is noisy."""
LETTERS = Patience(free=3, longest=4 * _HOUR, kept=_DAY)
LETTERS_HERE = Patience(free=60, longest=_MINUTE, kept=_HOUR)
CODES = Patience(free=30, longest=10 * _MINUTE, kept=_HOUR)
DRAFTS = Patience(free=10, longest=4 * _HOUR, kept=_DAY)
"""Begun with one address, which gets a letter for each."""
SECOND_PEOPLE = Patience(free=5, longest=4 * _HOUR, kept=_DAY)
"""Whom a group writes to so that they confirm its award: any address that it types."""
FILES = Patience(free=40, longest=10 * _MINUTE, kept=_HOUR)
"""Sent by one account. What is replaced or removed fills the disk for a day more."""
REQUESTS = Patience(free=20, longest=10 * _MINUTE, kept=_HOUR)
"""What residents of one network ask for their events, or before a meeting: a care home's afternoon."""
HALL = Patience(free=150, longest=10 * _MINUTE, kept=_HOUR)
"""What a hall full of residents leaves from behind one address."""
ANSWERS = Patience(free=600, longest=10 * _MINUTE, kept=_HOUR)
"""Answers to consultations from one network: a tablet that goes round a fair, and every phone there."""
BIDS = Patience(free=60, longest=10 * _MINUTE, kept=_HOUR)
"""Bids from one network, and drafts begun there: a library's evening for thirty groups, twice over."""


class TooManyTries(Refusal):
    """Too many failures; the sentence says how long to wait."""

    status = 429

    def __init__(self, sentence: str, wait: dt.timedelta) -> None:
        """The sentence has a ``{wait}`` where the time belongs."""
        super().__init__(sentence.format(wait=in_words(wait)))
        self.seconds = int(wait.total_seconds()) + 1


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a try comes from: the network, and the mark of a browser that has signed this account in before, or ""."""

    network: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """What is counted together. The key is a digest: the table tells nobody's address."""

    key: bytes
    patience: Patience

    @classmethod
    def of(cls, patience: Patience, *what: str) -> "Count":
        """The count of just this."""
        secret = str(current_app.config["SECRET_KEY"]).encode()
        return cls(hmac.digest(secret, b"tries " + "\0".join(what).encode(), sha256), patience)


def _times(counts: tuple[Count, ...]) -> dict[Count, tuple[int, dt.datetime]]:
    """How often each has failed, and when last, of what is not forgotten: one query."""
    wanted = sa.select(FailedTries.key, FailedTries.times, FailedTries.last_at)
    rows = db.session.execute(wanted.where(FailedTries.key.in_([count.key for count in counts]))).all()
    found = {key: (times, last_at) for key, times, last_at in rows}
    remembered = {count: found[count.key] for count in counts if count.key in found}
    return {count: seen for count, seen in remembered.items() if seen[1] > now() - count.patience.kept}


def of_secret(kind: str, owner: str, place: Origin) -> tuple[Count, ...]:
    """What a wrong password, or wrong digits, of this owner counts towards.

    A browser that has signed the owner in before has a count of its own, and meets the others' once that is used up.
    """
    if place.device:
        own = (Count.of(HERE, kind, owner, "device", place.device),)
        if not wait_of(own):
            return own
    network = Count.of(NETWORK, "network", place.network)
    here = HERE_AMID_NOISE if _is_noisy(network) else HERE
    return Count.of(here, kind, owner, "network", place.network), Count.of(EVERYWHERE, kind, owner), network


def _is_noisy(network: Count) -> bool:
    return any(times >= NETWORK.free for times, _ in _times((network,)).values())


def _of_owner(counts: tuple[Count, ...]) -> tuple[Count, ...]:
    """The counts that make somebody wait: a network's noise alone does not."""
    return tuple(count for count in counts if count.patience is not NETWORK)


def wait_of(counts: tuple[Count, ...]) -> dt.timedelta:
    """How long the owner of a secret waits from now on."""
    seen = _times(_of_owner(counts)).items()
    # A failure that a wrong clock put into the future makes nobody wait longer than one of just now.
    ends = (min(last_at, now()) + count.patience.wait_after(times) for count, (times, last_at) in seen)
    return max((end - now() for end in ends if end > now()), default=dt.timedelta(0))


def refuse_haste(counts: tuple[Count, ...], sentence: str) -> None:
    """Raise `TooManyTries` with the sentence while the wait is not over. What is refused is not counted."""
    if wait := wait_of(counts):
        raise TooManyTries(sentence, wait)


def note(counts: tuple[Count, ...]) -> bool:
    """Count one more failure; True where it is the first that makes somebody wait."""
    db.session.execute(sa.delete(FailedTries).where(FailedTries.last_at < now() - _DAY))
    for count in counts:
        forgotten = sa.delete(FailedTries).where(FailedTries.key == count.key)
        db.session.execute(forgotten.where(FailedTries.last_at <= now() - count.patience.kept))
        add_one(FailedTries, {"key": count.key}, last_at=now())
    return any(times == count.patience.free for count, (times, _) in _times(_of_owner(counts)).items())


def forget(counts: tuple[Count, ...]) -> None:
    """Start again from nothing: the owner was here. The network's own count stays."""
    keys = [count.key for count in _of_owner(counts)]
    db.session.execute(sa.delete(FailedTries).where(FailedTries.key.in_(keys)))


def has_failed(counts: tuple[Count, ...]) -> bool:
    """Whether there is anything to forget."""
    return bool(_times(_of_owner(counts)))


def of_letters(email: str) -> tuple[Count, ...]:
    """The links that were asked for with this address."""
    return (Count.of(LETTERS, "letters", email.strip().lower()),)


def of_letters_from(place: Origin) -> tuple[Count, ...]:
    """The links that were asked for from this network, with whatever addresses."""
    return (Count.of(LETTERS_HERE, "letters from", place.network),)


def of_bids(place: Origin) -> tuple[Count, ...]:
    """The bids that were taken from this network."""
    return (Count.of(BIDS, "bids", place.network),)


def of_drafts(email: str, place: Origin) -> tuple[Count, ...]:
    """The drafts that were begun with this address, and those from this network: each writes a letter."""
    return Count.of(DRAFTS, "drafts", email.strip().lower()), Count.of(BIDS, "drafts", place.network)


def of_access_requests(place: Origin) -> tuple[Count, ...]:
    """What was asked for events from this network."""
    return (Count.of(REQUESTS, "access requests", place.network),)


def of_questions(place: Origin) -> tuple[Count, ...]:
    """What was asked before meetings from this network."""
    return (Count.of(REQUESTS, "questions", place.network),)


def of_consultations(place: Origin) -> tuple[Count, ...]:
    """What was answered to consultations from this network."""
    return (Count.of(ANSWERS, "consultations", place.network),)


def of_residents(what: str, place: Origin) -> tuple[Count, ...]:
    """What residents of this network leave with an event: no name is counted with it, so no count has a name's time."""
    return (Count.of(HALL, what, place.network),)


def of_answers(email: str, place: Origin) -> tuple[Count, ...]:
    """The answers to cards that were sent with this address, and those of this network: each writes a letter."""
    return Count.of(DRAFTS, "answers", email.strip().lower()), Count.of(REQUESTS, "answers", place.network)


def of_tellings(email: str, place: Origin) -> tuple[Count, ...]:
    """What was asked with this address about being told by e-mail, and what came from this network."""
    return Count.of(DRAFTS, "tellings", email.strip().lower()), Count.of(REQUESTS, "tellings", place.network)


def of_joiners(contact: str, place: Origin) -> tuple[Count, ...]:
    """The sub-groups that were joined with this address or number, and from this network."""
    return Count.of(DRAFTS, "joiners", contact.strip().lower()), Count.of(REQUESTS, "joiners", place.network)


def of_words_to_joiners(subgroup_id: int) -> tuple[Count, ...]:
    """What everybody in this sub-group was written, whoever wrote it."""
    return (Count.of(SECOND_PEOPLE, "words to joiners", str(subgroup_id)),)


def of_second_people(award_id: int) -> tuple[Count, ...]:
    """The letters to second people of this award's group, whoever asked for them and wherever they went."""
    return (Count.of(SECOND_PEOPLE, "second people", str(award_id)),)


def of_files(account_id: int) -> tuple[Count, ...]:
    """The photos and documents that this account has sent."""
    return (Count.of(FILES, "files", str(account_id)),)


def wrong_code(typed: str, place: Origin, refusal: Refusal) -> Refusal:
    """Count a code that opens nothing, and return the refusal to show: the given one, or how long to wait.

    A right code is looked up before anybody comes here, so it is always served. One whose check symbol is wrong was a
    slip of the pen, and counts for nothing.
    """
    counts = (Count.of(CODES, "codes", place.network),)
    if wait := wait_of(counts):
        return TooManyTries("Too many wrong codes came from your network. Check the code, and wait {wait}.", wait)
    if read_code(typed) is not None:
        note(counts)
    return refusal
