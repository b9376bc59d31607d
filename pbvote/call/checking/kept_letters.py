"""The letters of a bid's history: what each said, how far it came, and who in the group got it. Nothing here writes."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import orm

from pbvote.call.checking.models import GroupLetter, GroupLetterCopy
from pbvote.db import db
from pbvote.mail.models import Letter, LetterState

_WORDS: Final[Mapping[LetterState, str]] = {
    LetterState.CALLED_BACK: "Letter called back",
    LetterState.FAILED: "Letter not delivered",
    LetterState.WAITING: "Letter written",
    LetterState.SENT: "Letter sent",
}
"""What is said of a letter by the worst that became of its copies, the worst first."""


def how_far(letter: GroupLetter) -> str:
    """Whether it was sent to all, waits, did not come to one of them, or went by post."""
    if not letter.copies:
        return "Letter by post"
    states = {copy.letter.state for copy in letter.copies}
    return next(words for state, words in _WORDS.items() if state in states)


def to_whom(letter: GroupLetter) -> str:
    """Who got it, by what they are to the bid: their addresses are no part of its history."""
    number = len(letter.copies)
    if not number:
        return "To the group, on paper"
    return "To the group’s contact" if number == 1 else f"To the group’s {number} contacts"


def letter_of(bid_id: int, letter_id: int) -> GroupLetter | None:
    """One letter about this bid, with its text."""
    letter = orm.selectinload(GroupLetter.copies).joinedload(GroupLetterCopy.letter, innerjoin=True)
    found = db.session.get(GroupLetter, letter_id, options=[letter.defer(Letter.body, raiseload=True)])
    return found if found and found.bid_id == bid_id else None
