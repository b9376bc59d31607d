"""The keys of this host's events."""

from flask import current_app

from pbvote.core.keys import KeyRing


def key_ring() -> KeyRing:
    """The folder of keys of this host."""
    return KeyRing(current_app.config["KEYS_DIR"])
