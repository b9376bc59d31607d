"""Names as parts of addresses."""

import re
import unicodedata
from typing import Final

SLUG: Final = "[a-z0-9-]+"
"""What a slug is made of, as a regular expression. Anything else leads nowhere."""

_UNDECOMPOSED = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae"})
"""Letters that Unicode does not take apart into a plain one and a mark."""


def slug_of(name: str) -> str:
    """A name as a part of an address: ``Sale 2014`` becomes ``sale-2014``."""
    plain = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "round"
