"""What keeps a bid from being funded, however much money is left."""

from pbvote.tally.election import Project
from pbvote.tally.outcome import Verdict
from pbvote.tally.rules import Rule
from pbvote.tally.totals import Total


def bar(bid: Project, total: Total, rule: Rule) -> Verdict | None:
    """Why this bid can't be funded under this rule, or None if it can."""
    if bid.is_withdrawn:
        return Verdict.WITHDRAWN
    if total.points <= 0 or not (total.voters or rule.kind.is_greedy):
        return Verdict.NO_VOTES
    if total.points < rule.threshold:
        return Verdict.BELOW_THRESHOLD
    if rule.minimum_mean is not None and total.mean < rule.minimum_mean:
        return Verdict.BELOW_MEAN
    return None
