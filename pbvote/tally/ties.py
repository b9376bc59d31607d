"""Bids with equally many votes or points, put in order by keys that were fixed before anyone voted."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from pbvote.tally.election import Election, Project
from pbvote.tally.rules import Rule, TieKey
from pbvote.tally.totals import Total

Draws = Sequence[Sequence[str]]


class TieBreaker:
    """Orders tied bids of one count by the rule's keys, its lot, and the draws made in the room."""

    def __init__(self, election: Election, rule: Rule, totals: Mapping[str, Total], draws: Draws) -> None:
        self._election = election
        self._rule = rule
        self._totals = totals
        self._draws = draws

    def order(self, tied: Sequence[Project]) -> list[tuple[list[Project], TieKey | None]]:
        """The tied bids in blocks, first block first, each with the key that set it apart.

        A block of several bids is a tie that the list leaves open, or that waits for a draw.
        """
        blocks: list[tuple[list[Project], TieKey | None]] = [(list(tied), None)]
        for key in self._rule.ties:
            is_draw = key is TieKey.DRAW
            blocks = [part for block, by in blocks for part in self._split(block, by, key)]
            if is_draw:
                break
        return blocks

    def _split(self, block: list[Project], by: TieKey | None, key: TieKey) -> list[tuple[list[Project], TieKey | None]]:
        if len(block) == 1:
            return [(block, by)]
        value = self._draw_of(block) if key is TieKey.DRAW else self._values[key]
        if value is None:
            return [(block, by)]
        parts = [list(part) for _, part in groupby(sorted(block, key=value), key=value)]
        return [(part, key if len(parts) > 1 else by) for part in parts]

    @cached_property
    def _values(self) -> Mapping[TieKey, Callable[[Project], Any]]:
        listed = {bid.ref: place for place, bid in enumerate(self._election.bids)}
        return {
            TieKey.CHEAPER: lambda bid: bid.ask,
            TieKey.VOTES: lambda bid: -self._totals[bid.ref].voters,
            TieKey.LOT: lambda bid: self._lots[bid.ref],
            TieKey.LISTED: lambda bid: listed[bid.ref],
        }

    @cached_property
    def _lots(self) -> Mapping[str, str]:
        return lots(self._election, self._rule)

    def _draw_of(self, block: list[Project]) -> Callable[[Project], Any] | None:
        """The order drawn in the room for these bids, if it has been drawn."""
        for draw in self._draws:
            place = {ref: number for number, ref in enumerate(draw)}
            if all(bid.ref in place for bid in block):
                return lambda bid, place=place: place[bid.ref]  # type: ignore[misc]
        return None


def lots(election: Election, rule: Rule) -> Mapping[str, str]:
    """Each bid's lot, 64 hexadecimal digits; the smallest comes first.

    Nobody chooses a lot and anybody can check it. A bid's lot is the SHA-256 of `lot_seed`, a line feed, and the
    bid's reference, in UTF-8.
    """
    seed = lot_seed(election, rule)
    return {bid.ref: hashlib.sha256(f"{seed}\n{bid.ref}".encode()).hexdigest() for bid in election.bids}


def lot_seed(election: Election, rule: Rule) -> str:
    r"""The SHA-256, in lower-case hexadecimal digits, of all that was fixed before the outcome.

    What is hashed is UTF-8 text of these lines, each ended by a line feed; JSON has sorted keys, no blanks, and
    Unicode as it is:

    1. `pbvote lot 1`
    2. the rule as `Rule.to_dict` gives it, in JSON
    3. the share in minor units, in decimal digits
    4. the ballot rules as `BallotRules.to_dict` gives them, in JSON
    5. one line per bid, sorted by reference (by code point): `{"ask":…,"exclusive_group":…,"is_withdrawn":…,"ref":…}`,
       for a split bid with `"elsewhere":[[share, part],…]` as well
    6. one line per distinct ballot, sorted by its canonical text (by code point): the text, a tab, its voters
    """
    digest = hashlib.sha256()

    def add(line: str) -> None:
        digest.update(f"{line}\n".encode())

    add("pbvote lot 1")
    add(_json(rule.to_dict()))
    add(str(election.share))
    add(_json(election.ballot_rules.to_dict()))
    for bid in sorted(election.bids, key=lambda bid: bid.ref):
        names = ("ref", "ask", "is_withdrawn", "exclusive_group", *(("elsewhere",) if bid.elsewhere else ()))
        add(_json({name: getattr(bid, name) for name in names}))
    for text, voters in election.ballots.texts():
        add(f"{text}\t{voters}")
    return digest.hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
