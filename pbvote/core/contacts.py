"""Telephone numbers and e-mail addresses in a text that is to be published."""

import re
from collections.abc import Callable
from typing import Final

from pbvote.core.plain import plain_digits

NO_CONTACTS: Final = "Leave out telephone numbers and e-mail addresses. pbvote passes messages on."
"""The sentence for whoever typed one."""
_EMAIL: Final = re.compile(
    r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]{2,}|[^\s@<>()]+\s*[(\[]\s*at\s*[)\]]\s*\S+", re.IGNORECASE
)
_SIGNS_OF_EMAIL: Final = frozenset("@([")
# From the first 0 or + on ten digits at least, two signs between them at most; or the last seven of a number, as
# neighbours say them. A sum of money, a year and a day are shorter or begin otherwise.
_NUMBER: Final = re.compile(
    r"(?<![\d£,.])(?:\+|\(?0)(?:[\s().\-–/]{0,2}\d){9,14}(?!\d)|(?<![\d£,.])\d{3}[ -]\d{4}(?![\d,])"
)


def names_a_contact(text: str) -> bool:
    """Whether a text holds what looks like a telephone number or an e-mail address, in the digits of any script."""
    plain = plain_digits(text)
    may_be_email = not _SIGNS_OF_EMAIL.isdisjoint(plain)  # a search for one is dear in a long text
    return bool((may_be_email and _EMAIL.search(plain)) or _NUMBER.search(plain))


def replace_contacts(text: str, instead: Callable[[str], str]) -> str:
    """The text with what `instead` gives for each telephone number and each e-mail address in it."""
    for kind in (_EMAIL, _NUMBER):
        text = kind.sub(lambda found: instead(found[0]), text)
    return text
