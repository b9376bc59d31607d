"""An outcome as `pbvote tally` prints it: for people, and as JSON."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from pbvote.tally import Outcome, Rule, Step, Verdict
from pbvote.tally.pabulib import PabulibFile
from pbvote.tally.pabulib.meta import RULES
from pbvote.tally.pabulib.numbers import written

_TITLE_WIDTH = 44
_MONEY = ("ask", "left_before", "left_after")
_SHORT_OF_MONEY = (Verdict.DOES_NOT_FIT, Verdict.STOPPED, Verdict.TOPPED_UP)


def rule_label(rule: Rule) -> str:
    """The rule's name: Pabulib's, where it has one."""
    return next((theirs for theirs, ours in RULES.items() if ours == rule.name), rule.name)


def as_json(file: PabulibFile, rule: Rule, outcome: Outcome, seconds: dict[str, float]) -> dict[str, Any]:
    """The outcome as JSON holds it.

    Amounts are numbers in units of the currency, as the file writes them: 1331751.11. They are exact decimals of up to
    15 digits, which every JSON reader keeps.
    """
    units = file.election.minor_units
    return {
        "rule": rule_label(rule),
        "budget": _number(file.election.share, units),
        "spent": _number(outcome.spent, units),
        "left": _number(outcome.left, units),
        "funded": list(outcome.funded),
        "waiting": list(outcome.waiting),
        "steps": [_step_as_json(step, units) for step in outcome.steps],
        "seconds": seconds,
    }


def _step_as_json(step: Step, units: int) -> dict[str, Any]:
    held = step.to_dict()
    is_money = step.verdict in _SHORT_OF_MONEY
    return {
        name: _number(value, units) if name in _MONEY or (name == "needed" and is_money) else value
        for name, value in held.items()
    }


def _number(amount: int, units: int) -> int | float:
    text = written(amount, units)
    return float(Decimal(text)) if "." in text else int(text)


def account(file: PabulibFile, rule: Rule, outcome: Outcome) -> str:
    """The outcome as a person reads it: what was counted, one line per bid, and what it comes to."""
    return "\n".join((*_heading(file, rule), "", *_table(file, outcome), "", *_closing(file, outcome)))


def _money(file: PabulibFile) -> Callable[[int], str]:
    units = file.election.minor_units
    places = len(str(units)) - 1
    amounts = (file.election.share, *(bid.ask for bid in file.election.bids))
    shown = 0 if all(amount % units == 0 for amount in amounts) else places
    return lambda amount: f"{Decimal(amount).scaleb(-places):,.{shown}f}"


def _heading(file: PabulibFile, rule: Rule) -> Iterator[str]:
    election, currency = file.election, file.meta.get("currency")
    yield file.meta.get("description")
    yield f"Rule: {rule.kind.title} ({rule_label(rule)})"
    if rule.threshold:
        yield f"A bid needs at least {rule.threshold:,} {_noun(file)}."
    budget = f"{_money(file)(election.share)} {currency}".strip()
    yield f"{budget} to give · {len(election.bids):,} bids · {election.ballots.voters:,} ballots"


def _noun(file: PabulibFile) -> str:
    return "votes" if file.election.ballots.kind.has_votes else "points"


def _table(file: PabulibFile, outcome: Outcome) -> Iterator[str]:
    money = _money(file)
    rows = [("", _noun(file), "asks", "left", "bid")]
    rows += [
        (_verdict(step, money), f"{step.total:,}", money(step.ask), money(step.left_after), _title(file, step.ref))
        for step in outcome.steps
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for verdict, total, ask, left, title in rows:
        yield (
            f"{verdict:<{widths[0]}}  {total:>{widths[1]}}  {ask:>{widths[2]}}  {left:>{widths[3]}}  {title}"
        ).rstrip()


def _verdict(step: Step, money: Callable[[int], str]) -> str:
    match step.verdict:
        case Verdict.FUNDED:
            return "funded"
        case Verdict.TOPPED_UP:
            return f"funded, {money(step.needed)} from elsewhere"
        case Verdict.DOES_NOT_FIT | Verdict.STOPPED:
            return f"{money(step.needed)} short"
        case Verdict.BELOW_THRESHOLD | Verdict.BELOW_MEAN:
            return "below the minimum"
        case Verdict.EXCLUDED:
            return f"gives way to {step.because_of}"
        case Verdict.AFTER_STOP | Verdict.AFTER_TIE:
            return "not reached"
        case _:
            return step.verdict.replace("-", " ")


def _title(file: PabulibFile, ref: str) -> str:
    title = file.election.bid_by_ref[ref].title
    if len(title) > _TITLE_WIDTH:
        title = f"{title[: _TITLE_WIDTH - 1].rstrip()}…"
    return f"{ref}  {title}".strip()


def _closing(file: PabulibFile, outcome: Outcome) -> Iterator[str]:
    money, currency = _money(file), file.meta.get("currency")
    funded = f"{len(outcome.funded):,} of {len(outcome.steps):,} bids are funded"
    yield f"{funded}, for {money(outcome.spent)} {currency}; {money(outcome.left)} {currency} is left."
    if outcome.waiting:
        yield f"Tied, and nothing settled until their order is drawn: {', '.join(outcome.waiting)}."
    if file.official is None:
        return
    if file.official == set(outcome.funded):
        yield "This is the official outcome."
        return
    yield "The official outcome is another one:"
    for sign, refs in (("+", file.official.difference(outcome.funded)), ("-", set(outcome.funded) - file.official)):
        yield from (f"  {sign} {_title(file, ref)}" for ref in sorted(refs))
