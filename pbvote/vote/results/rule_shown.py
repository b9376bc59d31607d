"""A count rule as a page shows it: in a few words, and beside others."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

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


def _listed(names: Mapping[str, Markup], references: Collection[str]) -> str:
    """The bids with these references in the order of `names`; "" for none."""
    found = [name for reference, name in names.items() if reference in references]
    return SPEECH.listed(found) if found else ""


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

    def told_beside(self, result: "RuleShown", names: Mapping[str, Markup], money: Callable[[int], str]) -> str:
        """Which bids it funds, as far as that is another than the result's; `names` are all bids, by reference."""
        listed = partial(_listed, names)
        said = [*self._told(result, listed), SPEECH.gettext("It gives out %(money)s.", money=money(self.spent))]
        return SPEECH.together(said)

    def _told(self, result: "RuleShown", listed: Callable[[Collection[str]], str]) -> Iterator[str]:
        if self is result:
            funded = listed(self.funded)
            yield SPEECH.gettext("It funds %(names)s.", names=funded) if funded else SPEECH.gettext("It funds no bid.")
            return
        is_open = self.waiting | self.undecided
        more, fewer = self.funded - result.funded, result.funded - self.funded - is_open
        if more:
            yield SPEECH.gettext("It would also fund %(names)s.", names=listed(more))
        if fewer:
            yield SPEECH.gettext("It would not fund %(names)s.", names=listed(fewer))
        if is_open:
            yield SPEECH.gettext("A draw would decide about %(names)s.", names=listed(is_open))
        if not (more or fewer or is_open):
            yield SPEECH.gettext("It funds the same bids.")

    @property
    def in_short(self) -> str:
        """The rule in a few sentences."""
        return SPEECH.together(SPEECH.gettext(sentence) for sentence in IN_SHORT[self.kind.name])
