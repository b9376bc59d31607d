"""A count rule as a page shows it: in a few words, and beside others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pbvote.core.saying import N_
from pbvote.tally import Outcome, RuleKind
from pbvote.tally.outcome import Verdict
from pbvote.vote.results.speech import SPEECH

_FIRST = N_("The bid with most votes or points goes first.")
_PASSED = N_("One that no longer fits is passed over.")
_EQUAL = N_("Every voter gets an equal part of the money.")
_TOGETHER = N_("A bid is bought when those who like it can pay for it together.")
_GROW = N_("Then the parts grow, pound by pound, while the money lasts.")
_FILL = N_("What is left goes to the most popular bids.")
_COMPARED = N_("If more voters like the outcome of “most votes or points first” better, that one is taken.")

IN_SHORT: Mapping[str, tuple[str, ...]] = {
    "greedy": (_FIRST, _PASSED),
    "greedy-no-skip": (_FIRST, N_("The first that does not fit ends the count.")),
    "greedy-threshold": (_FIRST, _PASSED, N_("A bid needs a minimum.")),
    "greedy-exclusive": (_FIRST, _PASSED, N_("Of bids that rule each other out, only the first is funded.")),
    "greedy-top-up": (
        _FIRST,
        N_("The first that does not fit ends the count."),
        N_("If only a little is missing for it, other money adds the rest."),
    ),
    "equalshares": (_EQUAL, _TOGETHER),
    "equalshares-comparison": (_EQUAL, _TOGETHER, _COMPARED),
    "equalshares/add1": (_EQUAL, _TOGETHER, _GROW),
    "equalshares/add1-comparison": (_EQUAL, _TOGETHER, _GROW, _COMPARED),
    "equalshares/add1u": (_EQUAL, _TOGETHER, _GROW, _FILL),
    "equalshares/add1u-comparison": (_EQUAL, _TOGETHER, _GROW, _FILL, _COMPARED),
    "phragmen": (
        N_("Voters earn money at the same pace."),
        N_("A bid is bought once those who like it have earned enough."),
    ),
}
"""Each rule in a few sentences that a resident understands, by its name."""


@dataclass(frozen=True)
class RuleShown:
    """A rule and which bids it funds, by reference."""

    kind: RuleKind
    funded: frozenset[str]
    waiting: frozenset[str]
    """Bids that are tied under it; where the result did not need their order, they were never drawn."""
    undecided: frozenset[str]
    """Bids that stand behind such a tie: whether there is money for them hangs on the draw."""
    spent: int
    """In pence."""

    @classmethod
    def of(cls, kind: RuleKind, outcome: Outcome) -> "RuleShown":
        """A rule with the outcome of its count."""
        behind = frozenset(step.ref for step in outcome.steps if step.verdict is Verdict.AFTER_TIE)
        return cls(kind, frozenset(outcome.funded), frozenset(outcome.waiting), behind, outcome.spent)

    @property
    def title(self) -> str:
        """The rule's name in the page's language."""
        return SPEECH.gettext(self.kind.title)

    def told_beside(self, result: "RuleShown") -> Iterator[tuple[str, frozenset[str]]]:
        """What it would do otherwise than the result's own rule: some words, and the bids that they are about."""
        is_open = self.waiting | self.undecided
        more, fewer = self.funded - result.funded, result.funded - self.funded - is_open
        if more:
            yield SPEECH.gettext("It would also fund:"), more
        if fewer:
            yield SPEECH.gettext("It would not fund:"), fewer
        if is_open and self is not result:
            yield SPEECH.gettext("A draw would decide about:"), is_open
        elif not (more or fewer or self is result):
            yield SPEECH.gettext("It funds the same bids."), frozenset()

    @property
    def in_short(self) -> str:
        """The rule in a few sentences."""
        return SPEECH.together(SPEECH.gettext(sentence) for sentence in IN_SHORT[self.kind.name])
