"""What a written file says of its rule: a name of the format, the minimum that goes with it, and a comment.

Pabulib's checker, and whoever else doubts a file, counts again by the rule that the file names. So a rule is named only
where that gives the outcome of the file; else the file says `unknown`, and the comment says the rule in words. The
comment also holds the whole rule for our own reader (`rule_note`), where the name alone says less.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pbvote.tally.count import count
from pbvote.tally.election import Election, Project
from pbvote.tally.outcome import Outcome
from pbvote.tally.pabulib.meta import RULES
from pbvote.tally.pabulib.projects import WITHDRAWN_COST
from pbvote.tally.pabulib.rule_note import read_note, rule_note
from pbvote.tally.rules import Rule, TieKey, Utilities
from pbvote.tally.ties import lots
from pbvote.tally.totals import Total, add_up

UNKNOWN = "unknown"
_NAMES: Mapping[str, str] = {ours: theirs for theirs, ours in RULES.items()}


@dataclass(frozen=True)
class Named:
    """A rule as META names it."""

    name: str
    minimum: int | None = None  # min_project_score_threshold, which goes with greedy-threshold alone


def named(rule: Rule, election: Election, outcome: Outcome | None) -> Named:
    """The first name of the format by which counting again gives the outcome; `unknown` if none does."""
    for one in _candidates(rule, election):
        if outcome is None or _comes_out(one, rule, election, outcome):
            return one
    return Named(UNKNOWN)


def _candidates(rule: Rule, election: Election) -> Iterator[Named]:
    name = _NAMES.get(rule.name, UNKNOWN)
    is_plain = not rule.by_mean and rule.minimum_mean is None
    if not is_plain or rule.utilities is not Utilities.COST or rule.is_exhaustive:
        return
    if name in ("greedy", "greedy-threshold"):
        if not rule.threshold and name == "greedy":
            yield Named(name)
        # A bid that nobody voted for is never funded here; to the format that is a minimum of 1.
        yield Named("greedy-threshold", max(1, rule.threshold))
        if any(bid.exclusive_group for bid in election.bids) and rule.threshold <= 1:
            yield Named("greedy-exclusive")
    elif not rule.threshold:
        yield Named(name)


def _comes_out(one: Named, rule: Rule, election: Election, outcome: Outcome) -> bool:
    """Whether the outcome is what whoever counts again by this name finds."""
    if outcome.waiting:
        return False
    if one.name in ("greedy-exclusive", "greedy-custom", UNKNOWN):
        return True  # nobody can count these again from the file
    if rule.kind.shares_equally:
        return not election.ballots.kind.has_votes or _is_repeatable(rule, election, outcome)
    totals = add_up(election)
    rows = [(bid, totals[bid.ref]) for bid in rows_in_order(election, rule, outcome)]
    rows.sort(key=lambda row: -row[1].points)
    found = _walk(rows, election, one, stops=rule.kind.stops)
    return found == set(outcome.funded) and not _seems_unused(rows, election, one, outcome)


def _walk(rows: Sequence[tuple[Project, Total]], election: Election, one: Named, *, stops: bool) -> set[str]:
    """What is funded row by row. Money is in floats, because it is in the checker."""
    left = election.share / election.minor_units
    funded = set()
    for bid, total in rows:
        cost = _cost(bid, election)
        if total.points < (one.minimum or 0) or (stops and bid.is_withdrawn):
            continue
        if left >= cost:
            funded.add(bid.ref)
            left -= cost
        elif stops:
            break
    return funded


def _seems_unused(rows: Sequence[tuple[Project, Total]], election: Election, one: Named, outcome: Outcome) -> bool:
    """Whether money seems to be left for another bid. The checker looks at whole units of the currency alone."""
    if one.name == "greedy-no-skip":
        return False
    left = election.share // election.minor_units
    left -= sum(int(_cost(bid, election)) for bid, _ in rows if bid.ref in outcome.funded)
    rest = [(bid, total) for bid, total in rows if bid.ref not in outcome.funded]
    able = [bid for bid, total in rest if one.minimum is None or total.points > one.minimum]
    return any(int(_cost(bid, election)) <= left for bid in able)


def _cost(bid: Project, election: Election) -> float:
    return float(WITHDRAWN_COST) if bid.is_withdrawn else bid.own_part / election.minor_units


def _is_repeatable(rule: Rule, election: Election, outcome: Outcome) -> bool:
    """Whether the checker counts Equal Shares to the same end.

    It counts in whole units, knows no rivals, settles ties by cost and votes and breaks off at others, begins to raise
    from an exact part of the budget, and never ends where there is enough for all.
    """
    totals, unit = add_up(election), election.minor_units
    able = [bid for bid in election.bids if totals[bid.ref].points > 0 and not bid.is_withdrawn]
    traits = {(bid.ask, totals[bid.ref].voters) for bid in able}
    is_whole = all(amount % unit == 0 for amount in (election.share, *(bid.ask for bid in election.bids)))
    has_rivals = any(bid.exclusive_group for bid in election.bids)
    if () in election.ballots.groups:
        return False  # blank ballots are left out of the file, and with them their voters' parts
    if not is_whole or has_rivals or len(traits) < len(able) or rule.ties[:2] != (TieKey.CHEAPER, TieKey.VOTES):
        return False
    if rule.kind.compares and (len({votes for _, votes in traits}) < len(able) or len(able) < len(election.bids)):
        return False
    if not rule.kind.raises_endowment or not able:
        return True
    plain = count(election, replace(rule, name="equalshares"))
    is_raised = outcome.endowment != election.share // election.ballots.voters // unit * unit
    has_enough = sum(bid.ask for bid in able) <= election.share
    return not has_enough and (is_raised or set(plain.funded) == set(outcome.funded))


def rows_in_order(election: Election, rule: Rule | None, outcome: Outcome | None) -> tuple[Project, ...]:
    """The bids in the order in which whoever reads the file settles ties by its rows.

    That is the listed one, that of the lot where the rule's own keys come first, or that of the count where a tie was
    settled otherwise.
    """
    if rule is not None and rule.kind.shares_equally:
        if TieKey.LOT in rule.ties:
            lot = lots(election, rule)
            return tuple(sorted(election.bids, key=lambda bid: lot[bid.ref]))
        if TieKey.DRAW not in rule.ties:
            return election.bids
    if outcome is None or all(step.settled_by in (None, TieKey.LISTED) for step in outcome.steps):
        return election.bids
    return tuple(election.bid_by_ref[step.ref] for step in outcome.steps)


def rule_notes(rule: Rule, one: Named, plain: Rule | None) -> Iterator[str]:
    """What the comment says of the rule; `plain` is what our reader makes of the file without it."""
    if one.name == UNKNOWN:
        yield f"Rule: {rule.kind.title}."
        if rule.threshold > 1:
            yield f"A project needs at least {rule.threshold:,} votes or points."
    if rule.by_mean:
        yield "Projects are ranked by their points per ballot that names them."
    if rule.minimum_mean is not None:
        yield f"A project needs at least {rule.minimum_mean} points per ballot that names it."
    if rule.utilities is Utilities.CARDINALITY:
        yield "Each funded project is worth the same to its supporters, whatever it costs."
    if rule.is_exhaustive:
        yield "Endowments are raised no further once no other project fits."
    if rule.top_up_percent is not None:
        yield f"The first project that does not fit is funded if at least {rule.top_up_percent}% of its cost is left."
    if rule.ties != (TieKey.LISTED,):
        yield f"Ties: {', '.join(rule.ties) or 'left open'}."
    note = rule_note(rule)
    read = read_note(f"#1: {note}")
    if plain is None or read is None or _essence(plain) != _essence(read):
        yield note


def _essence(rule: Rule) -> Rule:
    """The rule under one name for those that count alike: a bid without votes is below a minimum of 1, too."""
    name = "greedy" if rule.name in ("greedy-threshold", "greedy-exclusive") else rule.name
    return replace(rule, name=name, threshold=max(1, rule.threshold))
