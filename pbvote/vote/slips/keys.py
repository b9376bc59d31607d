"""The keys of this host's events, and which of them a slip could be of."""

from collections.abc import Iterator

import sqlalchemy as sa
from flask import current_app

from pbvote.core.keys import EventKey, KeyMissing, KeyRing
from pbvote.db import db
from pbvote.doctor.findings import Diagnosis, ok, stops_voting, unsafe
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import KEYLESS
from pbvote.vote.slips.models import Slip


def key_ring() -> KeyRing:
    """The folder of keys of this host. One to a process, since it remembers what it has read."""
    ring: KeyRing | None = current_app.extensions.get("pbvote-keys")
    if ring is None or ring.folder != current_app.config["KEYS_DIR"]:
        ring = current_app.extensions["pbvote-keys"] = KeyRing(current_app.config["KEYS_DIR"])
    return ring


def keys_in_use() -> dict[int, EventKey]:
    """The keys of all events that a slip could be of, by the events' ids: what has slips, and is not counted.

    Raises `KeyMissing` where this host lacks one.
    """
    has_slips = sa.exists().where(Slip.event_id == Event.id)
    wanted = sa.select(Event.id, Event.slug).where(has_slips, Event.poll.not_in(KEYLESS))
    events = {row.id: row.slug for row in db.session.execute(wanted.order_by(Event.id))}
    current_app.extensions["pbvote-events-in-use"] = events
    keys = {}
    for event_id, slug in events.items():
        try:
            keys[event_id] = key_ring().read(slug)
        except KeyMissing:
            if db.session.scalar(sa.select(Event.poll).where(Event.id == event_id)) not in KEYLESS:
                raise  # else it was counted just now
    return keys


def slips_are_in_use() -> bool:
    """Whether there is an event that a slip could be of, as this process saw it at its last look-up."""
    return bool(current_app.extensions.get("pbvote-events-in-use"))


def remembered_keys() -> dict[int, EventKey]:
    """The keys of the events that were in use when this process last asked, where this host holds them still.

    Only a start: what is looked up with them names its event itself, and where nothing is found, all are asked for.
    """
    events: dict[int, str] = current_app.extensions.get("pbvote-events-in-use", {})
    keys = {}
    for event_id, slug in events.items():
        try:
            keys[event_id] = key_ring().read(slug)
        except KeyMissing:
            continue
    return keys


@stops_voting
def keys_are_here() -> Iterator[Diagnosis]:
    """Whether this host holds every key that a slip needs."""
    try:
        require_keys()
    except KeyMissing as missing:
        sentence = f"This host lacks the key of {missing}, so it can’t take a vote of that event."
        yield unsafe("keys", sentence, f"Copy it from another host, or run `pbvote restore-key {missing}`.")
    else:
        yield ok("keys", "Every key that a slip needs is here.")


def require_keys() -> None:
    """Raise `KeyMissing` unless this host holds the key of every event that a slip could be of."""
    keys_in_use()
