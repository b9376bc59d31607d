"""Words found as people type them: without accents, in small letters, whichever of two like letters they use."""

import unicodedata
from collections.abc import Iterable
from typing import Final

# Letters that look alike in Urdu and Arabic, or that Unicode does not take apart. site/filtering.js has the same.
_LIKE: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ہ": "ه"})


def folded(text: str) -> str:
    """The text as it is compared: ``Ogród ŁÓDŹ`` becomes ``ogrod lodz``."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M")).translate(_LIKE)


def holds_words(texts: Iterable[str], query: str) -> bool:
    """Whether every word of the query is somewhere in the texts, in any order and as a part of a word, too."""
    whole = folded("\n".join(texts))
    return all(word in whole for word in folded(query).split())
