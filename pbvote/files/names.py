"""What a file is called, made fit for a page, a header and every computer's folder."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 80
_FORBIDDEN: Final = re.compile(r'[<>:"|?*;%]')


def clean_name(name: str, ending: str, instead: str = "document") -> str:
    """The last part of what the sender's computer called it, at most `LONGEST` characters, with this ending.

    Characters that can't be seen, marks of direction and what some computers can't store in a name are left out.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(character if character.isprintable() else " " for character in last)
    stem = _FORBIDDEN.sub(" ", seen).strip(" .")
    before, dot, after = stem.rpartition(".")
    if dot and len(after) <= 5:
        stem = before
    stem = " ".join(stem.split())[: LONGEST - len(ending) - 1].strip(" .")
    return f"{stem or instead}.{ending}"
