"""What the database keeps of the codes in letters' links: a tag each, from which nobody gets the code."""

import hmac
from hashlib import sha256

from flask import current_app

from pbvote.core.codes import read_code
from pbvote.errors import Refusal


class NoSuchLink(Refusal):
    """A link that leads to nothing: mistyped, or long out of date."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This link does not work. Use the link in our letter, and check the code.")


def tag_of(purpose: str, typed: str) -> bytes:
    """The tag of a code for this purpose; of what is no code, one that nothing has."""
    code = read_code(typed)
    if code is None:
        return b""
    return hmac.digest(str(current_app.config["SECRET_KEY"]).encode(), f"{purpose} {code}".encode(), sha256)
