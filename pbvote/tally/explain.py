"""What happened to each bid, in one English sentence that a resident understands: each word of it true."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from pbvote.tally.closeness import Closeness
from pbvote.tally.election import Election
from pbvote.tally.margin import Margin
from pbvote.tally.outcome import Outcome, Step, Verdict
from pbvote.tally.rules import Rule, TieKey, Utilities

_NO_TURN = (Verdict.WITHDRAWN, Verdict.NO_VOTES, Verdict.BELOW_THRESHOLD, Verdict.BELOW_MEAN, Verdict.EXCLUDED)
_FEWEST_PLACES = 2  # of an average

Money = Callable[[int], str]  # minor units -> "£3,043.69"

_SETTLED_BY: Mapping[TieKey, str] = {
    TieKey.CHEAPER: "the bid that asks for less goes first",
    TieKey.VOTES: "the bid that more people voted for goes first",
    TieKey.DRAW: "names drawn in the room put them in order",
    TieKey.LOT: "the lot put them in order",
    TieKey.LISTED: "the one listed first goes first",
}
_THEN_BY: Mapping[TieKey, str] = {
    TieKey.CHEAPER: "the one that asks for less",
    TieKey.VOTES: "the one that more people voted for",
    TieKey.DRAW: "the one drawn first in the room",
    TieKey.LOT: "the one that the lot puts first",
    TieKey.LISTED: "the one listed first",
}


def explain(outcome: Outcome, election: Election, rule: Rule, money: Money) -> dict[str, str]:
    """One sentence or a few for each bid of `outcome`, by its reference.

    `money` writes an amount in minor units as a resident reads it.
    """
    teller = _Teller(outcome, election, rule, money)
    said = {step.ref: teller.sentence(step) for step in outcome.steps}
    before = ""
    for offer in outcome.offers:
        condition = f" if {before} declines" if before else ""
        is_all = offer.amount == outcome.left
        left = "what is left" if is_all else f"of the {money(outcome.left)} that is left"
        said[offer.ref] += f" It is offered {money(offer.amount)}{',' * is_all} {left}{condition}."
        before = teller.names[offer.ref]
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


class _Teller:
    """Tells of the bids of one outcome."""

    def __init__(self, outcome: Outcome, election: Election, rule: Rule, money: Money) -> None:
        self.names = {bid.ref: bid.title or bid.ref for bid in election.bids}
        self._steps = {step.ref: step for step in outcome.steps}
        self._turns = [step for step in outcome.steps if step.verdict not in _NO_TURN]
        self._asks = {bid.ref: bid.ask for bid in election.bids}
        self._unit = "vote" if election.ballots.kind.has_votes else "point"
        self._rule = rule
        self._money = money

    def sentence(self, step: Step) -> str:
        """What happened to a bid, and what the tie keys did where it was level with others."""
        said = self._verdict(step)
        if not step.tied_with:
            return said
        tied = f"{self._level()} {_list(self.names[ref] for ref in step.tied_with)}"
        return f"{said} {tied}." if step.settled_by is None else f"{said} {tied}; {self._settled(step)}."

    def _level(self) -> str:
        """In what tied bids are equal."""
        if not self._rule.kind.is_greedy:
            return "It was level with"
        return "It had the same average as" if self._rule.by_mean else f"It had as many {self._unit}s as"

    def _settled(self, step: Step) -> str:
        """The tie keys that put the bid in its place: those that could part the level bids, up to the last that did."""
        used = (
            self._rule.ties[: self._rule.ties.index(step.settled_by) + 1] if step.settled_by in self._rule.ties else ()
        )
        asks = {self._asks[ref] for ref in (step.ref, *step.tied_with)}
        voters = {self._steps[ref].voters for ref in (step.ref, *step.tied_with)}
        idle = {TieKey.CHEAPER} if len(asks) == 1 else set()
        idle |= {TieKey.VOTES} if len(voters) == 1 else set()
        first, *others = [key for key in used if key not in idle] or [step.settled_by or TieKey.LISTED]
        return ", then ".join((_SETTLED_BY[first], *(_THEN_BY[key] for key in others)))

    def _verdict(self, step: Step) -> str:
        total = _average(step, self._unit) if self._rule.by_mean else _number(step.total, self._unit)
        ask, left, needed = self._money(step.ask), self._money(step.left_before), self._money(step.needed)
        match step.verdict:
            case Verdict.DOES_NOT_FIT | Verdict.STOPPED if step.short_in:
                bearer = f"{step.short_in}, which was to bear a part of it,"
                return f"Not funded: {total}. {bearer} had {needed} too little left."
            case Verdict.DOES_NOT_FIT:
                return f"Passed over: {total}. It asked for {ask} and only {left} was left; {needed} short."
            case Verdict.STOPPED:
                gap = f"It asked for {ask} and only {left} was left; {needed} short"
                return f"Not funded: {total}. {gap}. The count ends here."
            case Verdict.AFTER_STOP:
                return f"Not funded: {total}. The count had ended at {self._stop(step)}."
            case Verdict.NO_VOTES:
                return f"Not funded: it had no {self._unit}s."
            case Verdict.NOT_AFFORDED:
                behind = self._money(step.ask - step.needed)
                return f"Not funded: {total}. It asked for {ask}, and its supporters had {behind} left between them."
            case Verdict.BELOW_THRESHOLD:
                return f"Not funded: {total}, and a bid needs at least {self._rule.threshold:,}; {step.needed:,} short."
            case Verdict.BELOW_MEAN:
                return _below_mean(step, self._rule)
            case Verdict.EXCLUDED:
                winner = self.names[step.because_of]
                return f"Not funded: {total}. Only one of it and {winner} can be funded, and {winner} came first."
            case Verdict.WITHDRAWN:
                return f"Withdrawn: {total}, which no longer count."
            case Verdict.TIED:
                return f"Tied: {total}. It asked for {ask} and {left} is left. The order is drawn in the room."
            case Verdict.AFTER_TIE:
                return f"Not decided yet: {total}. The tie above it must be settled first."
            case Verdict.FUNDED | Verdict.TOPPED_UP:
                return self._funded(step, total)

    def _stop(self, step: Step) -> str:
        """The bid at which the count had ended, and what put it before this one."""
        name, stop = self.names[step.because_of], self._steps[step.because_of]
        if self._rule.name == "phragmen":
            return name if step.tied_with else f"{name} before its supporters had earned {self._money(step.ask)}"
        is_level = self._worth(stop) == self._worth(step)
        if self._rule.by_mean:
            return f"{name}, which had {'the same' if is_level else 'a higher'} average"
        return f"{name}, which had {'as many' if is_level else 'more'} {self._unit}s"

    def _funded(self, step: Step, total: str) -> str:
        """A bid that gets its money: how it came by it, and what was left."""
        ask, left = self._money(step.ask), self._money(step.left_before)
        if step.verdict is Verdict.TOPPED_UP:
            missing = self._money(step.needed)
            return f"Funded: {total}. It asked for {ask} and {left} was left; other money adds the missing {missing}."
        if self._rule.kind.shares_equally and step.price:
            return self._bought(step, total)
        if self._rule.name == "phragmen":
            return f"Funded: {total}. Its supporters were the first to earn the {ask} it asked for; {left} was left."
        rest = f"{ask}, exactly what was left" if step.left_after == 0 else f"{ask} and {left} was left"
        return f"Funded: {total}, {self._rank(step)} of those left. It asked for {rest}."

    def _rank(self, step: Step) -> str:
        """How its votes or points compare with those of the bids that had no turn yet."""
        later = self._turns[self._turns.index(step) + 1 :] if step in self._turns else []
        is_level = bool(step.tied_with) or any(self._worth(other) == self._worth(step) for other in later)
        if self._rule.by_mean:
            return "as high as any" if is_level else "the highest"
        return "as many as any" if is_level else "the most"

    def _worth(self, step: Step) -> Fraction:
        return _mean(step) if self._rule.by_mean else Fraction(step.total)

    def _bought(self, step: Step, total: str) -> str:
        """A bid that its supporters paid for under Equal Shares."""
        price = self._money(step.price)
        each = f"{price} for each point" if self._unit == "point" else f"{price} each"
        cheapest = "cheaper for its size" if self._rule.utilities is Utilities.COST else "cheaper"
        paid = f"Its supporters paid its {self._money(step.ask)} together, at most {each}"
        return f"Funded: {total}. {paid}; no bid left was {cheapest}. {self._money(step.left_after)} was left."


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
