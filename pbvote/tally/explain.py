"""What happened to each bid, in one English sentence that a resident understands."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from pbvote.tally.closeness import Closeness
from pbvote.tally.election import Election
from pbvote.tally.margin import Margin
from pbvote.tally.outcome import Outcome, Step, Verdict
from pbvote.tally.rules import Rule, TieKey, Utilities

_FEWEST_PLACES = 2  # of an average

Money = Callable[[int], str]  # minor units -> "£3,043.69"

_SETTLED_BY: Mapping[TieKey, str] = {
    TieKey.CHEAPER: "the bid that asks for less goes first",
    TieKey.VOTES: "the bid that more people voted for goes first",
    TieKey.DRAW: "names drawn in the room put them in order",
    TieKey.LOT: "the lot put them in order",
    TieKey.LISTED: "the one listed first goes first",
}


def explain(outcome: Outcome, election: Election, rule: Rule, money: Money) -> dict[str, str]:
    """One sentence or a few for each bid of `outcome`, by its reference.

    `money` writes an amount in minor units as a resident reads it.
    """
    names = {bid.ref: bid.title or bid.ref for bid in election.bids}
    unit = "vote" if election.ballots.kind.has_votes else "point"
    said = {step.ref: _sentence(step, rule, unit, names, money) for step in outcome.steps}
    before = ""
    for offer in outcome.offers:
        condition = f" if {before} declines" if before else ""
        said[offer.ref] += f" It is offered {money(offer.amount)}, what is left{condition}."
        before = names[offer.ref]
    return said


def explain_closeness(close: Closeness, election: Election, money: Money) -> str:
    """How close a bid came, in a sentence or two; empty if nothing would have funded it, or if it is funded."""
    said = []
    if close.more_ballots is not None:
        unit = (
            "vote" if election.ballots.kind.has_votes else f"ballot with {_number(close.points, 'point')} for it alone"
        )
        more = f"{close.more_ballots:,} more {unit if close.more_ballots == 1 else _plural(unit)}"
        but = f", {close.more_ballots - 1:,} would not" if close.more_ballots > 1 else ""
        said.append(f"{more} would have been enough{but}.")
    if close.smaller_ask is not None:
        said.append(f"Asking for {money(close.smaller_ask)} less would have been enough.")
    return " ".join(said)


def explain_margin(margin: Margin) -> str:
    """How many ballots stood between the outcome and another one, in a sentence."""
    enough, at_least = margin.enough, margin.at_least
    if at_least is None:
        return "However many ballots were taken away, no award could have changed."
    if at_least == 0:
        return "A tie still waits for its draw, so the awards are not settled."
    too_few = f"{at_least - 1:,} could not" if at_least > 1 else ""
    if enough is None:
        found = "No ballots were found whose taking away could have changed an award"
        return f"{found}; {too_few}." if too_few else f"{found}."
    changed = f"Taking away {_number(enough, 'ballot')} could have changed an award"
    if enough > at_least:
        changed += ", and perhaps fewer could"
    return f"{changed}; {too_few}." if too_few else f"{changed}."


def _plural(unit: str) -> str:
    noun, *rest = unit.split(" ", 1)
    return " ".join((f"{noun}s", *rest))


def _sentence(step: Step, rule: Rule, unit: str, names: Mapping[str, str], money: Money) -> str:
    said = _verdict(step, rule, unit, names, money)
    if not step.tied_with:
        return said
    tied = f"{_level(rule, unit)} {_list(names[ref] for ref in step.tied_with)}"
    if step.settled_by is None:
        return f"{said} {tied}."
    return f"{said} {tied}; {_SETTLED_BY[step.settled_by]}."


def _level(rule: Rule, unit: str) -> str:
    """In what tied bids are equal."""
    if not rule.kind.is_greedy:
        return "It was level with"
    return "It had the same average as" if rule.by_mean else f"It had as many {unit}s as"


def _verdict(step: Step, rule: Rule, unit: str, names: Mapping[str, str], money: Money) -> str:
    total = _average(step, unit) if rule.by_mean else _number(step.total, unit)
    ask, left, needed = money(step.ask), money(step.left_before), money(step.needed)
    match step.verdict:
        case Verdict.AFTER_STOP if rule.name == "phragmen":
            return f"Not funded: {total}. The count had ended before its supporters had earned {ask}."
        case Verdict.DOES_NOT_FIT | Verdict.STOPPED if step.short_in:
            return (
                f"Not funded: {total}. {step.short_in}, which was to bear a part of it, had {needed} too little left."
            )
        case Verdict.DOES_NOT_FIT:
            return f"Passed over: {total}. It asked for {ask} and only {left} was left; {needed} short."
        case Verdict.STOPPED:
            gap = f"It asked for {ask} and only {left} was left; {needed} short"
            return f"Not funded: {total}. {gap}. The count ends here."
        case Verdict.AFTER_STOP:
            return f"Not funded: {total}. The count had ended at a bid with more {unit}s."
        case Verdict.NO_VOTES:
            return f"Not funded: it had no {unit}s."
        case Verdict.NOT_AFFORDED:
            behind = money(step.ask - step.needed)
            return f"Not funded: {total}. It asked for {ask}, and its supporters had {behind} left between them."
        case Verdict.BELOW_THRESHOLD:
            return f"Not funded: {total}, and a bid needs at least {rule.threshold:,}; {step.needed:,} short."
        case Verdict.BELOW_MEAN:
            return _below_mean(step, rule)
        case Verdict.EXCLUDED:
            winner = names[step.because_of]
            return f"Not funded: {total}. Only one of it and {winner} can be funded, and {winner} came first."
        case Verdict.WITHDRAWN:
            return f"Withdrawn: {total}, which no longer count."
        case Verdict.TIED:
            return f"Tied: {total}. It asked for {ask} and {left} is left. The order is drawn in the room."
        case Verdict.AFTER_TIE:
            return f"Not decided yet: {total}. The tie above it must be settled first."
        case Verdict.FUNDED | Verdict.TOPPED_UP:
            return _funded(step, rule, unit, total, money)


def _funded(step: Step, rule: Rule, unit: str, total: str, money: Money) -> str:
    """A bid that gets its money: how it came by it, and what was left."""
    ask, left = money(step.ask), money(step.left_before)
    if step.verdict is Verdict.TOPPED_UP:
        missing = money(step.needed)
        return f"Funded: {total}. It asked for {ask} and {left} was left; other money adds the missing {missing}."
    if rule.kind.shares_equally and step.price:
        return _bought(step, rule, unit, total, money)
    if rule.name == "phragmen":
        return f"Funded: {total}. Its supporters were the first to earn the {ask} it asked for; {left} was left."
    rest = f"{ask}, exactly what was left" if step.left_after == 0 else f"{ask} and {left} was left"
    return f"Funded: {total}, {_rank(step, rule)} of those left. It asked for {rest}."


def _bought(step: Step, rule: Rule, unit: str, total: str, money: Money) -> str:
    """A bid that its supporters paid for under Equal Shares."""
    each = f"{money(step.price)} for each point" if unit == "point" else f"{money(step.price)} each"
    cheapest = "cheaper for its size" if rule.utilities is Utilities.COST else "cheaper"
    paid = f"Its supporters paid its {money(step.ask)} together, at most {each}"
    return f"Funded: {total}. {paid}; no bid left was {cheapest}. {money(step.left_after)} was left."


def _rank(step: Step, rule: Rule) -> str:
    if rule.by_mean:
        return "as high as any" if step.tied_with else "the highest"
    return "as many as any" if step.tied_with else "the most"


def _average(step: Step, unit: str, places: int = _FEWEST_PLACES) -> str:
    return f"{_decimal(_mean(step), places)} {unit}s on average"


def _mean(step: Step) -> Fraction:
    return Fraction(step.total, step.voters) if step.voters else Fraction(0)


def _below_mean(step: Step, rule: Rule) -> str:
    """An average that is too low, with so many decimals that it is seen to be lower than the minimum."""
    mean, minimum = _mean(step), rule.minimum_mean or Fraction(0)
    places = _FEWEST_PLACES
    while _decimal(mean, places) == _decimal(minimum, places):
        places += 1
    people = _number(step.voters, "ballot")
    needed = _decimal(minimum, places)
    return f"Not funded: {_average(step, 'point', places)} from {people}, and a bid needs at least {needed}."


def _decimal(number: Fraction, places: int) -> str:
    """A number rounded to so many places behind the point."""
    digits = f"{abs(round(number * 10**places)):0{places + 1}d}"
    return f"{'-' * (number < 0)}{digits[:-places]}.{digits[-places:]}"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _list(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
