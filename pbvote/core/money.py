"""Money as whole pence: read from what people type, written as people read it."""

import re
from copy import copy
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale

from pbvote.core.plain import plain_digits

# A trillion pence is more than any council's budget and fits the database's integers many times over.
MOST_PENCE: Final = 10**12

_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+", re.ASCII)
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?", re.ASCII)


class MoneyError(ValueError):
    """What was typed is no amount of money; the text is a sentence for the person who typed it."""


def parse_money(text: str) -> int:
    """Whole pence from an amount in pounds as people write it: "3,043.69", "£3043.7", " 250 ", "٢٥٠".

    Refuses, with the reason, what could mean two things: a comma that does not part thousands, or a third decimal.
    """
    amount = plain_digits(text).strip().removeprefix("£").strip()
    if not amount:
        raise MoneyError("Enter an amount of money, like 250 or 3,043.69")
    if amount[0] in "-(":
        raise MoneyError("The amount must not be less than zero")
    if not re.fullmatch(r"[0-9.,]+", amount, re.ASCII):
        raise MoneyError("Use only the numbers 0 to 9, with a point before the pence, like 3,043.69")
    if "," in amount and not _GROUPED.fullmatch(amount):
        raise MoneyError("Use commas only between thousands, like 1,000 or 12,500.50")
    if "," not in amount and not _PLAIN.fullmatch(amount):
        raise MoneyError("Use one point, before the pence, like 3,043.69")
    pounds, _, pence = amount.replace(",", "").partition(".")
    if len(pence) > 2:
        raise MoneyError("Use no more than 2 numbers after the point, like 3,043.69")
    if len(pounds) > len(str(MOST_PENCE)):
        raise MoneyError("The amount is too large")
    total = int(pounds or "0") * 100 + int(pence.ljust(2, "0"))
    if total > MOST_PENCE:
        raise MoneyError("The amount is too large")
    return total


_ENGLISH: Final = Locale("en")


@lru_cache(maxsize=2_000)
def format_money(pence: int, currency: str = "GBP") -> str:
    """The amount as the posters and slips show it, whatever the page's language: "£3,043.69", "£3,000", "PLN 250"."""
    pattern = copy(_ENGLISH.currency_formats["standard"])
    pattern.frac_prec = (2, 2) if pence % 100 else (0, 0)
    written: str = pattern.apply(Decimal(pence) / 100, _ENGLISH, currency=currency, currency_digits=False)
    # A code of letters stands off its digits.
    return re.sub(rf"({currency})(?=\d)", "\\1\u00a0", written)
