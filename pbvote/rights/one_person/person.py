"""Somebody as they stand in texts: by an e-mail address, telephone numbers and names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

import sqlalchemy as sa

from pbvote.call.groups.models import GroupContact
from pbvote.core.plain import plain_digits
from pbvote.db import db
from pbvote.grants.mentors.models import MemberCard
from pbvote.people.models import Account
from pbvote.people.service import account_with_email

FORMER: Final = "a former contact"
"""What stands where the name stood."""
NO_ADDRESS: Final = "[address deleted]"
NO_NUMBER: Final = "[number deleted]"
LEAST_DIGITS: Final = 9
"""Of a telephone number, without what it begins with: fewer would be found in sums and dates."""
_BETWEEN: Final = r"[\s().\-–/]{0,2}"


def digits_of(number: str) -> str:
    """The digits of a British number that are the same however it is written: without 0, 44 or +44 before them."""
    digits = "".join(sign for sign in plain_digits(number) if sign.isascii() and sign.isdecimal())
    return digits.removeprefix("00").removeprefix("44").lstrip("0")


@dataclass(frozen=True)
class Person:
    """Who is looked for. `names` and `numbers` are what was typed, and what their account has."""

    email: str
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    """Digits, as `digits_of` gives them."""
    account: Account | None = None

    @classmethod
    def called(cls, email: str, name: str = "", number: str = "") -> Self:
        """Whoever has this address; what their account says of them is looked for, too."""
        email = email.strip().lower()
        account = account_with_email(email) if email else None
        names, numbers = [name], [number]
        if account:
            names.append(account.name)
            numbers += db.session.scalars(sa.select(GroupContact.phone).where(GroupContact.account_id == account.id))
            numbers += db.session.scalars(sa.select(MemberCard.phone).where(MemberCard.account_id == account.id))
        said = dict.fromkeys(" ".join(each.split()) for each in names if each.strip())
        digits = dict.fromkeys(each for each in map(digits_of, numbers) if len(each) >= LEAST_DIGITS)
        return cls(email, tuple(said), tuple(digits), account)

    @property
    def whole_names(self) -> tuple[str, ...]:
        """Names of two words and more, which can be looked for inside of texts. One word alone would fit anybody."""
        return tuple(name for name in self.names if " " in name)

    @cached_property
    def _marks(self) -> Sequence[tuple[re.Pattern[str], str]]:
        """What to look for, and what stands there once they are erased: addresses and numbers, then names."""
        found = []
        if self.email:
            found.append((rf"(?<![\w.+-]){re.escape(self.email)}(?![\w-]|\.\w)", NO_ADDRESS))
        for number in self.numbers:
            found.append((rf"(?<!\d)(?:(?:\+|00)?44|\(?0)?{_BETWEEN}{_BETWEEN.join(number)}(?!\d)", NO_NUMBER))
        for name in self.whole_names:
            words = r"\s+".join(map(re.escape, name.split()))
            found.append((rf"(?<!\w){words}(?!\w)", FORMER))
        return [(re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in found]

    def is_reached_by(self, value: Any) -> bool:
        """Whether a value holds their address or one of their numbers."""
        marks = [mark for mark, instead in self._marks if instead != FORMER]
        return any(mark.search(text) for text in _texts(value) for mark in marks)

    def is_named_in(self, value: Any) -> bool:
        """Whether a value holds one of their names; a name of one word must be all that it holds."""
        marks = [mark for mark, instead in self._marks if instead == FORMER]
        names = {name.casefold() for name in self.names}
        texts = list(_texts(value))
        return any(text.strip().casefold() in names for text in texts) or any(
            mark.search(text) for text in texts for mark in marks
        )

    def without(self, value: Any) -> Any:
        """The value with a former contact in the place of this person, in every text of it."""
        if isinstance(value, str):
            return self._left_of(value)
        if isinstance(value, list):
            return [self.without(each) for each in value]
        if isinstance(value, dict):
            return {key: self.without(each) for key, each in value.items()}
        return value

    def _left_of(self, text: str) -> str:
        if text.strip().casefold() in {name.casefold() for name in self.names}:
            return FORMER
        for mark, instead in self._marks:
            text = mark.sub(instead, text)
        return text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
