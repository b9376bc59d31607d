"""The two links in a letter to somebody without an account: one confirms, the other one stops by one press."""

import datetime as dt
import secrets
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pbvote.code_tags import tag_of
from pbvote.core.clock import today
from pbvote.core.codes import code_from, read_code
from pbvote.db import Base

MOST_LETTERS: Final = 3
"""To one address, a day apart, until its button is pressed."""


class LetterLinks(Base):
    """A row that its letters lead back to.

    The codes follow from the row's seed and the council's secret, so that every letter has the same two links. The
    database alone holds neither.
    """

    __abstract__ = True

    seed: Mapped[bytes]
    tag: Mapped[bytes] = mapped_column(unique=True)
    """Of the code that confirms."""
    stop_tag: Mapped[bytes] = mapped_column(unique=True)
    """Of the code that stops and opens nothing else: it stands in an address."""
    letters: Mapped[int] = mapped_column(default=0)
    """How many letters asked for the press of their button since it was pressed last."""
    asked_on: Mapped[dt.date | None]
    """When the newest of these was written."""
    confirmed_on: Mapped[dt.date | None]
    """When the button was pressed; None before."""

    @property
    def code(self) -> str:
        """What confirms it."""
        return _code(self.__tablename__, self.seed)

    @property
    def stop_code(self) -> str:
        """What stops its letters."""
        return _code(f"{self.__tablename__} stop", self.seed)

    @classmethod
    def with_code(cls, typed: str) -> sa.ColumnElement[bool]:
        """Whether a row's letters have this code."""
        return cls.tag == _tag(cls.__tablename__, read_code(typed))

    @classmethod
    def with_stop_code(cls, typed: str) -> sa.ColumnElement[bool]:
        """Whether this code stops a row's letters."""
        return cls.stop_tag == _tag(f"{cls.__tablename__} stop", read_code(typed))

    def take_a_letter(self) -> bool:
        """Whether one more letter may ask for the press: a few do, and never two a day. It is counted."""
        if self.letters >= MOST_LETTERS or self.asked_on == today():
            return False
        self.letters, self.asked_on = self.letters + 1, today()
        return True


def new_links(model: type[LetterLinks]) -> dict[str, Any]:
    """The columns of a new row's links."""
    name, seed = model.__tablename__, secrets.token_bytes(16)
    tags = {"tag": _tag(name, _code(name, seed)), "stop_tag": _tag(f"{name} stop", _code(f"{name} stop", seed))}
    return {"seed": seed, "letters": 0, **tags}


def _code(purpose: str, seed: bytes) -> str:
    return code_from(tag_of(f"{purpose} code", seed.hex()))


def _tag(purpose: str, code: str | None) -> bytes:
    return tag_of(purpose, code) if code else b""
