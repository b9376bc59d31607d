"""The ballot form: choices read from the request, checked by the tally's own rules, and worded for the voter.

It carries its own authority (the code), so there is no session, no cookie and no CSRF token in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from pbvote.core.money import format_money
from pbvote.core.plain import plain_digits
from pbvote.core.reading import sent_number
from pbvote.tally import BallotKind, Choices, Fault, FaultCode
from pbvote.vote.poll.paper import Line, Paper

NO_MARK = ""


@dataclass(frozen=True)
class BallotForm:
    """What a voter sent, or nothing yet. `marks` are the typed texts by ballot number."""

    paper: Paper
    code: str
    seen: int
    definition: str
    marks: Mapping[int, str]
    unreadable: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def empty(cls, paper: Paper, code: str, seen: int) -> "BallotForm":
        """A paper to fill in; `seen` is the version of the vote that it would replace."""
        return cls(paper, code, seen, paper.definition, {})

    @classmethod
    def opened(cls, paper: Paper, form: "MultiDict[str, str]", seen: int) -> "BallotForm":
        """A paper to fill in, with the marks that another page of the same paper sends along."""
        if form.get("definition") != paper.definition:
            return cls.empty(paper, form.get("code", ""), seen)
        return replace(cls.sent(paper, form), seen=seen)

    @classmethod
    def sent(cls, paper: Paper, form: "MultiDict[str, str]") -> "BallotForm":
        """What the voter sent for this paper."""
        if paper.rules.kind.has_votes:
            ticked = set(form.getlist("bid"))
            marks = {line.number: "1" for line in paper.lines if str(line.number) in ticked}
        else:
            typed = {line.number: plain_digits(form.get(f"bid-{line.number}", NO_MARK)).strip() for line in paper.lines}
            marks = {number: mark for number, mark in typed.items() if mark not in {NO_MARK, "0"}}
        unreadable = frozenset(number for number, mark in marks.items() if not (mark.isascii() and mark.isdigit()))
        unreadable |= frozenset(number for number, mark in marks.items() if len(mark) > 4)
        return cls(
            paper,
            form.get("code", ""),
            sent_number(form.get("seen")),
            form.get("definition", ""),
            marks,
            unreadable,
        )

    def mark(self, line: Line) -> str:
        """What stands beside a bid; "" for nothing."""
        return self.marks.get(line.number, NO_MARK)

    @cached_property
    def choices(self) -> Choices:
        """The choices, by reference. Read `errors` first: what can't be read is left out here."""
        said = {line: int(self.mark(line)) for line in self.paper.lines if self._is_readable(line)}
        match self.paper.rules.kind:
            case BallotKind.APPROVAL | BallotKind.KNAPSACK:
                return tuple(line.reference for line in said)
            case BallotKind.RANKED:
                return tuple(line.reference for line in sorted(said, key=lambda line: said[line]))
            case BallotKind.SCORE | BallotKind.CUMULATIVE | BallotKind.CHOOSE_THEN_SCORE:
                return {line.reference: points for line, points in said.items()}

    def _is_readable(self, line: Line) -> bool:
        return line.number in self.marks and line.number not in self.unreadable

    @property
    def errors(self) -> list[tuple[int | None, str]]:
        """What keeps this ballot from being complete: the bid's number (None for the whole paper) and a sentence.

        Each bid has one sentence at most; those of the whole paper come first, then the bids in their order.
        """
        whole: list[str] = []
        of_bids = {number: gettext("Write a whole number.") for number in self.unreadable}
        if self.paper.rules.kind is BallotKind.RANKED and not self.unreadable:
            whole += self._errors_of_places()
        for fault in self.paper.rules.faults(self.choices, self.paper.asks):
            if line := self.paper.references.get(fault.ref):
                of_bids.setdefault(line.number, self._sentence(fault))
            elif not self._is_said_beside_a_bid(fault):
                whole.append(self._sentence(fault))
        return [*((None, sentence) for sentence in whole), *sorted(of_bids.items())]

    def _is_said_beside_a_bid(self, fault: Fault) -> bool:
        """Too few or too little, where each bid without a mark says so itself, or a mark could not be read."""
        if fault.code is FaultCode.TOO_FEW and self.paper.rules.must_score_all:
            return True
        return bool(self.unreadable) and fault.code in {FaultCode.TOO_FEW, FaultCode.SUM_TOO_LOW}

    def _errors_of_places(self) -> list[str]:
        """Places are 1, 2, 3 … without a gap, each given once."""
        places = sorted(int(mark) for mark in self.marks.values())
        if len(set(places)) < len(places):
            return [gettext("Give each place to one group only.")]
        if places != list(range(1, len(places) + 1)):
            return [gettext("Start with your first choice and leave no place out.")]
        return []

    def _sentence(self, fault: Fault) -> str:
        needed, got = fault.needed, fault.got
        match fault.code:
            case FaultCode.NOT_SCORED:
                return gettext("Give this group a mark.")
            case FaultCode.TOO_FEW:
                return ngettext("Choose at least %(num)s group.", "Choose at least %(num)s groups.", needed)
            case FaultCode.TOO_MANY:
                return ngettext(
                    "You have chosen too many. Choose %(num)s group at most.",
                    "You have chosen too many. Choose %(num)s groups at most.",
                    needed,
                )
            case FaultCode.SUM_TOO_HIGH:
                return gettext("You gave %(got)s points. You have %(needed)s.", got=got, needed=needed)
            case FaultCode.SUM_TOO_LOW:
                return gettext("You gave %(got)s points. Give at least %(needed)s.", got=got, needed=needed)
            case FaultCode.POINTS_TOO_HIGH:
                return gettext("Give %(needed)s at most.", needed=needed)
            case FaultCode.POINTS_TOO_LOW:
                return gettext("Give %(needed)s at least.", needed=needed)
            case FaultCode.ASKS_TOO_MUCH:
                currency = self.paper.currency
                sums = {"got": format_money(got, currency), "needed": format_money(needed, currency)}
                return gettext("Your choices ask for %(got)s together. There is only %(needed)s.", **sums)
            case FaultCode.WRONG_SHAPE | FaultCode.UNKNOWN_BID | FaultCode.REPEATED_BID:
                return gettext("The ballot paper has changed. Open it again from your slip.")
