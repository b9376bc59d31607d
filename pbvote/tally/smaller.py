"""That a bid which came later asked for less and fitted, where an earlier one was passed over: the count goes on."""

from collections.abc import Mapping
from fractions import Fraction

from pbvote.core.saying import ENGLISH, N_, Speech
from pbvote.tally.outcome import Outcome, Step, Verdict
from pbvote.tally.rules import Rule

_FEWER: Mapping[str, str] = {
    "votes": N_("A bid with fewer votes asked for less, and fitted."),
    "points": N_("A bid with fewer points asked for less, and fitted."),
    "mean": N_("A bid with a lower average asked for less, and fitted."),
}
_LATER = N_("A bid that came after it asked for less, and fitted.")


def explain_smaller(
    step: Step, outcome: Outcome, rule: Rule, *, has_votes: bool, shows_totals: bool = True, say: Speech = ENGLISH
) -> str:
    """Why a bid that ranks behind a passed-over one gets money all the same; "" where none does.

    What was left only shrinks, so whatever was funded later asked for less. A draw may part equals, and totals that
    stay hidden are not hinted at: then it only says which came first.
    """
    if step.verdict is not Verdict.DOES_NOT_FIT or step.short_in:
        return ""
    later = [other for other in outcome.steps[outcome.steps.index(step) + 1 :] if other.verdict.is_funded]
    if not later:
        return ""
    has_fewer = any(_worth(other, rule) < _worth(step, rule) for other in later)
    by = "mean" if rule.by_mean else "votes" if has_votes else "points"
    return say.gettext(_FEWER[by] if has_fewer and shows_totals else _LATER)


def _worth(step: Step, rule: Rule) -> Fraction | int:
    """What bids are put in order by, as exactly as it needs to be."""
    return step.mean if rule.by_mean else step.total
