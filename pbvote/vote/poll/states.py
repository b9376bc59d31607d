"""The states of a poll, and what each of them permits. Whatever depends on a state asks for a set of this file."""

import enum


class PollState(enum.StrEnum):
    """The poll's way. It goes one way, but two people may open a closed poll again before its count."""

    PLANNED = "planned"
    CHOOSING = "choosing"
    """In place of all that follows up to the seal: no resident votes, and the partnership's members choose openly."""
    OPEN = "open"
    CLOSED = "closed"
    COUNTING = "counting"
    """Two people have agreed to count. The box stays as it is while it is counted, which can be begun again."""
    COUNTED = "counted"
    """The ballots are totals; the key and the traces of single ballots are being destroyed."""
    SEALED = "sealed"
    PUBLISHED = "published"


States = frozenset[PollState]

TAKES_CHANGES = frozenset({PollState.PLANNED})
"""The bids, their order and the rules may change."""

TAKES_SLIPS = frozenset({PollState.PLANNED, PollState.OPEN})
"""Slips are printed, and envelopes opened."""

TAKES_VOTES = frozenset({PollState.OPEN})
"""Live slips vote."""

TAKES_CHOICES = frozenset({PollState.CHOOSING})
"""The members of the partnership choose."""

TAKES_PAPER = frozenset({PollState.OPEN, PollState.CLOSED})
"""Paper ballots are keyed, and help that was given is noted: whoever was busy does it after the close."""

AWAITS_THE_COUNT = frozenset({PollState.CLOSED})
"""Voting is over, and every ballot is still in the box."""

BEFORE_THE_COUNT = frozenset({PollState.PLANNED, PollState.OPEN, PollState.CLOSED})
"""Ballots, if there are any, lie singly in the box."""

KEYLESS = frozenset({PollState.COUNTING, PollState.COUNTED, PollState.SEALED, PollState.PUBLISHED})
"""The votes are totals, or are becoming totals. No slip needs the key any more: it is destroyed, or about to be."""

HAS_TOTALS = frozenset({PollState.COUNTED, PollState.SEALED, PollState.PUBLISHED})
"""The count is done: nothing is read from the box any more."""

IS_COUNTING = frozenset({PollState.COUNTING})
"""The box is being counted."""

AWAITS_THE_SEAL = frozenset({PollState.COUNTING, PollState.COUNTED})
"""The box is being counted, or the traces of single ballots are being destroyed."""

AWAITS_PUBLICATION = frozenset({PollState.SEALED})
"""A tie can be drawn, and the result can be published."""

IS_PUBLIC = frozenset({PollState.PUBLISHED})
"""Everybody can read the result."""

TAKES_WITNESSES = frozenset(PollState) - IS_PUBLIC
"""Acts are left that take two people."""
