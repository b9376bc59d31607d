"""What people type and paste, made plain before it is read: digits of any script, and nothing that nobody sees."""

import re
import unicodedata
from typing import Final

_SIGNS: Final = str.maketrans("٫．٬，：－−＋￡", "..,,:--+£")
"""Signs beside digits, in Arabic and in full width, and what they stand for."""

# Marks that turn the text around or take no room. The joiners of Urdu, Persian and emoji, U+200C and U+200D, stay, and
# so do the marks that set a full stop on its side of an Arabic word, U+200E and U+200F.
_OVERRIDES: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_NO_ROOM: Final = (0xAD, 0x200B, 0x2060, 0xFEFF, *range(0xFFF9, 0xFFFC))
_CONTROLS: Final = (*range(0x20), *range(0x7F, 0xA0))
_HALVES: Final = range(0xD800, 0xE000)
"""Halves of a character, which JSON can spell alone and no database takes."""
_NONE: Final = (
    *range(0xFDD0, 0xFDF0),
    *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
)
"""Numbers that Unicode gives to no character for good. No page and no XML with one of them is valid."""
_UNSEEN: Final = dict.fromkeys({*_OVERRIDES, *_NO_ROOM, *_CONTROLS, *_HALVES, *_NONE} - {ord("\n"), ord("\t")})
_AROUND_DIGITS: Final = dict.fromkeys({*_OVERRIDES, *_NO_ROOM, 0x61C, 0x200C, 0x200D, 0x200E, 0x200F})
_LINE_END: Final = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")


def plain_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9, the signs beside them as ours, and no unseen marks."""
    if text.isascii():
        return text  # of all that is made plain here, ASCII has nothing
    return "".join(_digit(character) for character in text.translate(_AROUND_DIGITS).translate(_SIGNS))


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def plain_lines(text: str) -> str:
    """The text with every line end as one `\\n`, without control characters and marks that nobody sees."""
    return _LINE_END.sub("\n", text).translate(_UNSEEN)


def plain_line(text: str) -> str:
    """The same on one line: a line end or a tab is a space."""
    return re.sub(r"[\n\t]", " ", plain_lines(text))


def is_seen(text: str) -> bool:
    """Whether anything of the text would show."""
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)
