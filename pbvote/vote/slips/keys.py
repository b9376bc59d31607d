"""The keys of this host's events, and which of them a slip could be of."""

import sqlalchemy as sa
from flask import current_app

from pbvote.call.rounds.models import Share
from pbvote.core.keys import EventKey, KeyMissing, KeyRing
from pbvote.db import db
from pbvote.vote.events.models import Event
from pbvote.vote.poll.states import KEYLESS


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
    wanted = sa.select(Event.id, Event.slug).join(Event.share).where(Share.is_locked, Event.poll.not_in(KEYLESS))
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


def require_keys() -> None:
    """Raise `KeyMissing` unless this host holds the key of every event that a slip could be of."""
    keys_in_use()
