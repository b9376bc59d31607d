"""What the database keeps of a code in a letter's link or on a printed card: a tag, from which nobody gets the code."""

import hmac
from hashlib import sha256

from flask import current_app


def tag_of(purpose: str, code: str) -> bytes:
    """The tag of a code, of 32 bytes. The same code has another tag for every purpose, and at every council."""
    return hmac.digest(str(current_app.config["SECRET_KEY"]).encode(), f"{purpose} {code}".encode(), sha256)
