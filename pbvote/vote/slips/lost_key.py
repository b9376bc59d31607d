"""The event's key on paper, and back from paper to a host that has lost it. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from pbvote.core.keys import EventKey, KeyMissing
from pbvote.core.recovery import key_from_groups, key_in_groups
from pbvote.errors import Refusal
from pbvote.people.models import Account
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.records import Names, Record, record
from pbvote.vote.ledger.service import last_record, write_entry
from pbvote.vote.poll.states import KEYLESS
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.printing import SlipsMade


class NoKeyYet(Refusal):
    """The key comes with the first slips."""

    def __init__(self) -> None:
        super().__init__("There is no key yet: it is made with the first slips. Make those first.")


class KeyDestroyed(Refusal):
    """After the count nobody may lead a ballot back to its slip."""

    def __init__(self) -> None:
        super().__init__("The votes are counted and their key is destroyed. Nobody needs it any more.")


class KeyLost(Refusal):
    """This host had the key, and has it no longer."""

    status = 503

    def __init__(self, event: Event) -> None:
        super().__init__(f"This server has lost the key of {event.name}. Bring it back with its recovery sheet first.")


class KeyIsHere(Refusal):
    """There is nothing to bring back."""

    def __init__(self, event: Event) -> None:
        super().__init__(f"This server has the key of {event.name} already. Nothing was changed.")


class KeyOfAnother(Refusal):
    """A key that was typed without a mistake, off the wrong sheet."""

    def __init__(self, event: Event) -> None:
        super().__init__(f"This is not the key of {event.name}. Is it another event’s sheet? Nothing was changed.")


@record
@dataclass(frozen=True, slots=True)
class RecoverySheetMade(Record):
    """The key was handed over on paper."""

    type: ClassVar[str] = "recovery"

    def told(self, _names: Names) -> str:
        """What happened, in a sentence."""
        return "The recovery sheet of the key was made"


def key_on_paper(event: Event, actor: Account) -> list[str]:
    """The event's key in 13 groups, for its recovery sheet; the ledger tells that it was handed over, and to whom.

    Raises `NoKeyYet`, `KeyDestroyed`, `KeyLost`.
    """
    hold(event)
    _fingerprint_of(event)
    try:
        groups = key_in_groups(key_ring().read_bytes(event.slug))
    except KeyMissing as missing:
        raise KeyLost(event) from missing
    write_entry(event, RecoverySheetMade(), actor)
    return groups


def require_lost(event: Event) -> None:
    """Raise `NoKeyYet`, `KeyDestroyed` or `KeyIsHere` unless the event has a key and this host has lost it."""
    _fingerprint_of(event)
    try:
        key_ring().read_bytes(event.slug)
    except KeyMissing:
        return
    raise KeyIsHere(event)


def restore_key(event: Event, groups: Sequence[str]) -> None:
    """Put the key that a recovery sheet says back on this host, once it is known to be the event's own.

    The event is held, so that no count destroys the key at the same moment. Raises `BadGroup`, `KeyOfAnother`, and what
    `require_lost` raises.
    """
    hold(event)
    require_lost(event)
    key = key_from_groups(groups)
    if EventKey.derive(event.slug, key).fingerprint != _fingerprint_of(event):
        raise KeyOfAnother(event)
    key_ring().restore(event.slug, key)


def _fingerprint_of(event: Event) -> str:
    """What the ledger says of the key, since the first printing."""
    if event.poll in KEYLESS:
        raise KeyDestroyed
    printed = last_record(event, SlipsMade)
    if printed is None:
        raise NoKeyYet
    return printed.key
