"""The bid form's page about the money."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from pbvote.call.bids.pages import FormPage
from pbvote.call.rounds.models import Round, Share
from pbvote.call.rounds.service import over_the_cap
from pbvote.core.money import format_money
from pbvote.fields import ChoiceField, MoneyField, Row, RowsField, TextField

BUDGET_ROWS: Final = 6
SEVERAL: Final = "several"
"""The choice of those who ask more than one locality."""


class BudgetRow(Row):
    """One thing that the money would buy."""

    what = TextField("What for", max_length=100, required="Say what this amount is for")
    line_pence = MoneyField("Amount", least=1, required="Enter the amount")


class MoneyForm(FormPage):
    """How much, of which locality, and above the round's sum for what."""

    shares: Sequence[Share] = ()

    @property
    def round(self) -> Round:
        """The round that is asked."""
        return self.shares[0].round

    @property
    def is_split(self) -> bool:
        """Whether more than one locality is asked."""
        return len(self.shares) > 1 and self["locality"].data == SEVERAL

    @property
    def asks(self) -> dict[int, int]:
        """What is asked of each locality, in pence by its id."""
        if self.is_split:
            said = {share.locality_id: self[f"ask_{share.locality_id}"].data for share in self.shares}
            return {locality_id: pence for locality_id, pence in said.items() if pence}
        chosen = self["locality"].data if len(self.shares) > 1 else str(self.shares[0].locality_id)
        return {int(chosen): self["ask"].data} if chosen and self["ask"].data else {}

    @property
    def wants_budget(self) -> bool:
        """Whether the bid asks for so much that it says what the money would buy. The short form asks nobody."""
        return "lines" in self and sum(self.asks.values()) > self.round.budget_from_pence

    @property
    def budget(self) -> list[tuple[str, int]]:
        """The budget's lines: what for, and how many pence."""
        return [(row["what"], row["line_pence"]) for row in self["lines"].filled()]

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for something within the caps, and let the budget add up to it where there is to be one."""
        is_valid = super().validate(extra_validators)
        is_valid &= self._asks_for_something() and self._stays_within_caps()
        return is_valid and (not self.wants_budget or self._adds_up())

    def _asks_for_something(self) -> bool:
        if self.is_split:
            if not self.asks and not any(self[f"ask_{share.locality_id}"].errors for share in self.shares):
                self.refuse("Enter how much you ask of each locality", f"ask_{self.shares[0].locality_id}")
            return bool(self.asks)
        if not self["ask"].data and not self["ask"].errors:
            self.refuse("Enter how much you ask for", "ask")
        return bool(self.asks)

    def _stays_within_caps(self) -> bool:
        """No locality is asked for more than its rule allows, nor all together for more than the round's."""
        asks, over = self.asks, False
        for share in self.shares:
            if asks.get(share.locality_id, 0) > share.cap_pence:
                cap, over = format_money(share.cap_pence, self.round.currency), True
                field = f"ask_{share.locality_id}" if self.is_split else "ask"
                self.refuse(f"The amount you ask of {share.locality.name} must be {cap} or less", field)
        if too_much := over_the_cap(self.round, sum(asks.values())):
            self.refuse(too_much, f"ask_{next(iter(asks))}" if self.is_split else "ask")
        return not over and not too_much

    def _adds_up(self) -> bool:
        asked, budgeted = sum(self.asks.values()), sum(pence for _, pence in self.budget)
        sums = [format_money(pence, self.round.currency) for pence in (asked, budgeted, self.round.budget_from_pence)]
        if not self.budget:
            self["lines"].errors = [f"You ask for more than {sums[2]}. Say what the money would buy"]
        elif budgeted != asked:
            self["lines"].errors = [f"The budget adds up to {sums[1]}, but you ask for {sums[0]}. Change one of them"]
        return self.budget != [] and budgeted == asked

    @property
    def part(self) -> dict[str, Any]:
        """What this page says of a `NewBid`."""
        return {"asks": self.asks, "lines": self.budget if self.wants_budget else []}


def money_form(typed: Mapping[str, str], shares: Sequence[Share]) -> MoneyForm:
    """The third page for these shares: one amount, or one for each locality where a bid is split."""
    currency = shares[0].round.currency
    fields: dict[str, object] = {}
    if len(shares) > 1:
        choices = [
            (str(share.locality_id), f"{share.locality.name}: up to {format_money(share.cap_pence, currency)}")
            for share in shares
        ]
        fields["locality"] = ChoiceField(
            "Which locality do you ask?",
            choices=[*choices, (SEVERAL, "More than one of them")],
            required="Choose the locality that you ask",
        )
    hint = "" if len(shares) > 1 else f"Up to {format_money(shares[0].cap_pence, currency)}"
    fields["ask"] = MoneyField("How much do you ask for?", hint=hint, currency=currency, least=1, is_conditional=True)
    if len(shares) > 1:
        for share in shares:
            fields[f"ask_{share.locality_id}"] = MoneyField(
                f"How much do you ask of {share.locality.name}?",
                noun=f"The amount you ask of {share.locality.name}",
                currency=currency,
                least=0,
                is_conditional=True,
            )
    if not shares[0].round.has_short_form:
        hint = "The amounts must add up to what you ask for."
        fields["lines"] = RowsField(BudgetRow, "What would the money buy?", hint=hint, rows=BUDGET_ROWS)
    form = MoneyForm.with_fields(shares=tuple(shares), **fields)(MultiDict(typed))
    if form["locality"].data != SEVERAL if len(shares) > 1 else True:
        form["ask"].required = "Enter how much you ask for"
    return form
