"""Text that others wrote, made fit for a terminal or a printed line: what can't be seen there is shown.

Escape codes can repaint what stands on a screen, line breaks forge lines of a report, and marks of direction turn words
round.
"""

import re
from typing import Final

INSTEAD: Final = "�"
_SPACES: Final = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def visible(text: str) -> str:
    """The text as one line: any kind of blank as a space, each other character that can't be seen as `�`."""
    if text.isprintable():
        return text
    spaced = _SPACES.sub(" ", text)
    return "".join(character if character.isprintable() else INSTEAD for character in spaced)
