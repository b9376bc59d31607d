"""Which bids may come from one group: the same number, the same e-mail address, or names that people take for one."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

_SMALL_WORDS = frozenset(["a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "ltd", "limited", "cic", "cio"])
_SAME_WORD = 85
"""How like two words of two names must be, in per cent: “Streford” and “Stretford” are, “Girls” and “Boys” are not."""
_WORTH_A_LOOK = 75
"""How like two names must be as a whole before their words are compared one by one."""


@dataclass(frozen=True, slots=True)
class Bidder:
    """What tells one bid's group from another's."""

    bid_id: int
    name: str
    number: str = ""
    emails: frozenset[str] = frozenset()


@dataclass(slots=True)
class Match:
    """Another bid that may be of the same group, and why."""

    bid_id: int
    reasons: list[str] = field(default_factory=list)


def number_key(number: str) -> str:
    """A registered number without what people write around it: ``GB-CHC-1092477`` and ``1,092,477`` are one."""
    plain = re.sub(r"[^0-9A-Z]", "", number.upper())
    return re.sub(r"^GB(CHC|COH|SC|NIC)", "", plain)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name that tell something, in one spelling, without accents and small words."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.replace("community interest company", " ").replace("'", "").replace("’", "")
    words = re.findall(r"\w+", plain)
    return tuple(word for word in words if word not in _SMALL_WORDS) or tuple(words)


def are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names, as words, may be one group's.

    Each word of the one has its own like word in the other, in whatever order: a word more makes it another group
    (“Sale Scouts” and “Sale Scouts Band”), and a word with a digit is that word or another (“1st”, “21st”). Names that
    differ in blanks alone are one.
    """
    if "".join(one) == "".join(other):
        return True
    left = list(other)
    for word in one:
        match = next((each for each in left if _is_like(word, each)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _is_like(word: str, other: str) -> bool:
    if word == other:
        return True
    if word[0] != other[0]:  # who misspells a name begins it right: “Growers” are no “Rowers”
        return False
    has_digit = any(letter.isdigit() for letter in word + other)
    return not has_digit and fuzz.ratio(word, other) >= _SAME_WORD


def likely_duplicates(bidders: Sequence[Bidder]) -> dict[int, list[Match]]:
    """For each bid, by id, the others that may come from the same group; bids without any are left out."""
    found: dict[int, dict[int, Match]] = defaultdict(dict)
    for reason, pairs in (
        ("the same registered number", _sharing((bidder.bid_id, [number_key(bidder.number)]) for bidder in bidders)),
        ("the same e-mail address", _sharing((bidder.bid_id, bidder.emails) for bidder in bidders)),
        ("a name like it", _of_like_names(bidders)),
    ):
        for one, other in pairs:
            for bid_id, match_id in ((one, other), (other, one)):
                found[bid_id].setdefault(match_id, Match(match_id)).reasons.append(reason)
    return {bid_id: sorted(matches.values(), key=lambda match: match.bid_id) for bid_id, matches in found.items()}


def _sharing(keys: Iterable[tuple[int, Iterable[str]]]) -> Iterator[tuple[int, int]]:
    """The pairs of bids that have a key in common, each pair once; an empty key is none."""
    owners: dict[str, list[int]] = defaultdict(list)
    for bid_id, names in keys:
        for name in names:
            if name:
                owners[name].append(bid_id)
    yield from sorted({(a, b) for ids in owners.values() for n, a in enumerate(ids) for b in ids[n + 1 :]})


def _of_like_names(bidders: Sequence[Bidder]) -> Iterator[tuple[int, int]]:
    """The pairs of bids whose groups' names are alike: all are compared at once in C, and only the likely ones here."""
    words = [words_of(bidder.name) for bidder in bidders]
    joined = ["".join(each) for each in words]
    pairs = set(_sharing((at, [name]) for at, name in enumerate(joined)))
    names = [" ".join(sorted(each)) for each in words]
    if names:
        scores = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=_WORTH_A_LOOK)
        pairs |= {(int(a), int(b)) for a, b in zip(*scores.nonzero(), strict=True) if a < b}
    for a, b in sorted(pairs):
        if words[a] and are_alike(words[a], words[b]):
            yield bidders[a].bid_id, bidders[b].bid_id
