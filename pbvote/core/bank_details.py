"""Notice bank details where somebody types them out of habit. pbvote holds none: finance does."""

import re
from typing import Final

from pbvote.core.plain import plain_digits

_LOOKS_LIKE: Final = re.compile(
    r"(?<!\d)\d{8}(?!\d)"  # an account number
    r"|(?<!\d)\d{2}[- ]\d{2}[- ]\d{2}(?!\d)"  # a sort code
    r"|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,}",  # an IBAN
    re.ASCII | re.IGNORECASE,
)


def has_bank_details(text: str) -> bool:
    """Whether a text holds what looks like an account number, a sort code or an IBAN."""
    return _LOOKS_LIKE.search(plain_digits(text)) is not None
