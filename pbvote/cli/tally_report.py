"""An outcome as `pbvote tally` prints it: for people, and as JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pbvote.tally import Outcome, Rule, Step, Verdict, closeness, compare, explain, explain_closeness
from pbvote.tally.pabulib import PabulibFile
from pbvote.tally.pabulib.meta import RULES
from pbvote.tally.pabulib.numbers import written

_TITLE_WIDTH = 44
_MONEY = ("ask", "left_before", "left_after", "price")
_SHORT_OF_MONEY = (Verdict.DOES_NOT_FIT, Verdict.STOPPED, Verdict.TOPPED_UP, Verdict.NOT_AFFORDED)
# Up to so many different ballots, how close every bid came is counted within seconds; with raised endowments, fewer.
_FEW_BALLOTS = 2_000
_FEW_BALLOTS_RAISED = 300


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
        **({} if outcome.endowment is None else {"endowment": _number(outcome.endowment, units)}),
        **({"gave_way": outcome.gave_way} if outcome.gave_way else {}),
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


def tells_how_close(file: PabulibFile, rule: Rule) -> bool:
    """Whether the election is small enough to say of every bid how close it came."""
    few = _FEW_BALLOTS_RAISED if rule.kind.raises_endowment else _FEW_BALLOTS
    return len(file.election.ballots.groups) <= few


def explanation(file: PabulibFile, rule: Rule, outcome: Outcome, refs: Sequence[str]) -> dict[str, str]:
    """Why each bid is funded or not, and how close it came; only the bids `refs`, if there are any.

    How close is counted for the named bids, and for all if `tells_how_close` says so.
    """
    written_amount = _money(file)

    def money(amount: int) -> str:
        return f"{written_amount(amount)} {file.meta.get('currency')}".strip()

    said = explain(outcome, file.election, rule, money)
    for ref in refs or (said if tells_how_close(file, rule) and outcome.is_settled else ()):
        close = explain_closeness(closeness(file.election, rule, ref), file.election, money)
        said[ref] = f"{said[ref]} {close}".strip()
    return {ref: said[ref] for ref in refs} if refs else said


def comparison(file: PabulibFile, rule: Rule, outcome: Outcome) -> dict[str, Outcome]:
    """What other rules would have funded, and the result itself, by the rule's name."""
    return {rule.name: outcome, **compare(file.election, rule)}


def account(
    file: PabulibFile, rule: Rule, outcome: Outcome, explained: Mapping[str, str], others: Mapping[str, Outcome]
) -> Iterator[str]:
    """The outcome as a person reads it, line by line: what was counted, each bid or its story, what it comes to."""
    bids = _stories(file, explained) if explained else _table(file, outcome)
    parts = [_heading(file, rule), bids, _closing(file, outcome)]
    if others:
        parts.append(_comparison(file, outcome, others))
    for number, part in enumerate(parts):
        yield from ("",) if number else ()
        yield from part


def _stories(file: PabulibFile, explained: Mapping[str, str]) -> Iterator[str]:
    for ref, said in explained.items():
        yield f"{ref}  {file.election.bid_by_ref[ref].title}".strip()
        yield f"    {said}"


def _comparison(file: PabulibFile, outcome: Outcome, others: Mapping[str, Outcome]) -> Iterator[str]:
    """One line per rule: how much it would have given to how many, and which bids it would have changed."""
    money = _money(file)
    yield "What other rules would have funded (this is not the result):"
    for name, other in list(others.items())[1:]:
        also = [f"+{ref}" for ref in other.funded if ref not in outcome.funded]
        gone = [f"-{ref}" for ref in outcome.funded if ref not in other.funded]
        changes = "waits for a draw" if other.waiting else " ".join((*also, *gone)) or "the same"
        yield f"  {name:<20}{len(other.funded):>4} bids  {money(other.spent):>15}  {changes}"


def _money(file: PabulibFile) -> Callable[[int], str]:
    """Writes an amount without its decimals where all amounts of the file, and this one, are whole."""
    units = file.election.minor_units
    places = len(str(units)) - 1
    amounts = (file.election.share, *(bid.ask for bid in file.election.bids))
    is_whole = all(amount % units == 0 for amount in amounts)

    def money(amount: int) -> str:
        shown = 0 if is_whole and amount % units == 0 else places
        return f"{Decimal(amount).scaleb(-places):,.{shown}f}"

    return money


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
        case Verdict.DOES_NOT_FIT | Verdict.STOPPED | Verdict.NOT_AFFORDED:
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
    if outcome.endowment is not None:
        yield f"Each voter had {money(outcome.endowment)} {currency} to spend on bids."
    if outcome.gave_way:
        yield "More voters prefer this outcome of “most votes or points first” to that of the rule itself."
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
