"""The public bid form, and what the desk writes about a bid."""

from collections.abc import Sequence

from pbvote.call.bids.new_bid import NewBid
from pbvote.call.rounds.extensions import takes_bids_of
from pbvote.call.rounds.models import Share
from pbvote.call.rounds.service import over_the_cap, why_no_bids
from pbvote.core.money import format_money
from pbvote.fields import ChoiceField, EmailField, Form, MoneyField, Row, RowsField, TextArea, TextField

BUDGET_ROWS = 6
NO_ASK = "Enter how much you ask for"
NO_BIDS_TODAY = "This round is not taking bids today. What you typed is still here: copy it before you leave this page."


class BudgetRow(Row):
    """One thing that the money would buy."""

    what = TextField("What for", max_length=100, required="Say what this amount is for")
    line_pence = MoneyField("Amount", least=1, required="Enter the amount")


class BidForm(Form):
    """A group's bid. The amounts asked of each locality are added by `bid_form`."""

    group_name = TextField("Name of your group", max_length=120, required="Enter the name of your group")
    registered_number = TextField(
        "Charity or company number", hint="Leave this empty if you have none", max_length=20, width=10, required=False
    )
    contact_name = TextField("Your full name", autocomplete="name", max_length=100, required="Enter your full name")
    email = EmailField(
        "E-mail address",
        hint="We send a link here. Your bid counts once you have opened it and said that the bid is yours.",
        required="Enter an e-mail address",
    )
    phone = TextField("Telephone number", autocomplete="tel", inputmode="tel", width=20, max_length=30, required=False)
    title = TextField("What would you call your project?", max_length=80, required="Enter a name for your project")
    summary = TextArea(
        "What would you do with the money?",
        hint="Residents read this on the ballot. Write as you would tell a neighbour.",
        rows=5,
        max_words=80,
        required="Say what you would do with the money",
    )
    who_benefits = TextArea("Who would benefit?", rows=3, max_words=80, required="Say who would benefit")
    ward = ChoiceField("Ward", hint="Where most of it would happen", is_folded=True, required=False)

    shares: Sequence[Share] = ()

    @property
    def asks(self) -> dict[int, int]:
        """What is asked of each locality, in pence by its id."""
        said = {share.locality_id: self[f"ask_{share.locality_id}"].data for share in self.shares}
        return {locality_id: pence for locality_id, pence in said.items() if pence}

    @property
    def budget(self) -> list[tuple[str, int]]:
        """The budget's lines: what for, and how many pence."""
        return [(row["what"], row["line_pence"]) for row in self["lines"].filled()]

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for something, and let the budget add up to it."""
        is_valid = super().validate(extra_validators)
        is_valid &= self._asks_where_bids_are_taken()
        asked, budgeted = sum(self.asks.values()), sum(pence for _, pence in self.budget if pence)
        if not asked and not any(self[f"ask_{share.locality_id}"].errors for share in self.shares):
            self.refuse(NO_ASK, f"ask_{self.shares[0].locality_id}")
        elif too_much := over_the_cap(self.shares[0].round, asked):
            self.refuse(too_much, f"ask_{next(iter(self.asks))}")
            is_valid = False
        elif is_valid and budgeted != asked:
            currency = self.shares[0].round.currency
            sums = format_money(budgeted, currency), format_money(asked, currency)
            sentence = "The budget adds up to {}, but you ask for {}. Change one of them".format(*sums)
            self["lines"].errors = [sentence]
        return is_valid and bool(asked) and budgeted == asked

    def _asks_where_bids_are_taken(self) -> bool:
        """A share may have stopped taking bids since the page was opened: say so, and keep what was typed."""
        closed = [share for share in self.shares if not takes_bids_of(share, self.email.data or "")]
        if len(closed) == len(self.shares):
            self.refuse(NO_BIDS_TODAY)
        refused = [share for share in closed if share.locality_id in self.asks]
        for share in refused:
            self.refuse(why_no_bids(share), f"ask_{share.locality_id}")
        return not refused and len(closed) < len(self.shares)

    @property
    def bid(self) -> NewBid:
        """What the form says."""
        return NewBid(
            group_name=self.group_name.data,
            registered_number=self.registered_number.data,
            contact_name=self.contact_name.data,
            email=self.email.data,
            phone=self.phone.data,
            title=self.title.data,
            summary=self.summary.data,
            who_benefits=self.who_benefits.data,
            ward_id=int(self.ward.data) if self.ward.data else None,
            asks=self.asks,
            lines=self.budget,
        )


def _ask_field(share: Share, *, is_one_of_several: bool) -> MoneyField:
    name = share.locality.name
    up_to = f"Up to {format_money(share.cap_pence, share.round.currency)}"
    return MoneyField(
        f"How much do you ask of {name}?" if is_one_of_several else "How much do you ask for?",
        hint=f"{up_to}. Leave this empty if you ask {name} for nothing." if is_one_of_several else up_to,
        noun=f"The amount you ask of {name}" if is_one_of_several else None,
        currency=share.round.currency,
        least=0 if is_one_of_several else 1,
        most=share.cap_pence,
        required=NO_ASK,
        is_conditional=is_one_of_several,
    )


def bid_form(shares: Sequence[Share]) -> BidForm:
    """The bid form for these shares: an amount for each, then the budget."""
    fields: dict[str, object] = {
        f"ask_{share.locality_id}": _ask_field(share, is_one_of_several=len(shares) > 1) for share in shares
    }
    fields["lines"] = RowsField(
        BudgetRow,
        "What would the money buy?",
        hint="The amounts must add up to what you ask for.",
        rows=BUDGET_ROWS,
        least=1,
        row_name="Line",
    )
    form = BidForm.with_fields(**fields)()
    form.shares = tuple(shares)
    wards = [ward for share in shares for ward in share.locality.wards]
    form.ward.choices = [("", "All over, or not sure"), *((str(ward.id), ward.name) for ward in wards)]
    return form


class AddressForm(Form):
    """Where the letter about a bid should have gone."""

    email = EmailField("E-mail address", required="Enter an e-mail address")


class WordingForm(Form):
    """A bid's words in another language."""

    title = TextField("Title", max_length=80, required="Enter the title")
    summary = TextArea("Summary", rows=5, max_words=80, required="Enter the summary")
