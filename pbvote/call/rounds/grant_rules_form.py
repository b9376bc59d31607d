"""The form about what a round does after the vote."""

from typing import Self

from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.call.rounds.models import Round
from pbvote.fields import DayField, Form, MoneyField, TextArea, TextField, TickField


class GrantRulesForm(Form):
    """What groups are asked for when their projects end, where the others can ask, and how visits are safe."""

    ends_on = DayField(
        "Last day of the projects",
        hint="Groups spend the money by this day. Their letters name it.",
        required=False,
    )
    photo_report_to_pence = MoneyField(
        "A photo and two sentences are enough up to",
        hint="Ask small groups for little. 0 asks everybody for a page.",
        least=0,
        required="Enter an amount, or 0",
    )
    page_report_to_pence = MoneyField(
        "One page is enough up to",
        hint="Above this, the page also has a figure for each line of the budget.",
        least=0,
        required="Enter an amount, or 0",
    )
    receipts_from_pence = MoneyField(
        "A photo of the receipt for each budget line above",
        hint="Only for groups whose report has a figure for each line.",
        least=0,
        required="Enter an amount, or 0",
    )
    other_funds = TextArea(
        "Other funds",
        hint="Where else can a group ask? This goes into the letter to groups that residents did not choose.",
        rows=4,
        max_words=80,
        required=False,
    )

    instalments = TickField("An award may be paid in instalments", required=False)
    second_payer_from_pence = MoneyField(
        "A second organiser confirms payments above",
        hint="An award’s payments count together. 0 asks for a second organiser each time.",
        least=0,
        required="Enter an amount, or 0",
    )

    second_person_from_pence = MoneyField(
        "A second person of the group confirms awards above",
        hint="They get a link by e-mail. 0 asks for a second person each time.",
        least=0,
        required="Enter an amount, or 0",
    )

    safeguarding_name = TextField(
        "Who is rung about a safeguarding concern?",
        hint="Their name. It stands above every check-in, beside 999.",
        noun="The name",
        max_length=80,
        required=False,
    )
    safeguarding_phone = TextField(
        "Their telephone number", noun="The number", inputmode="tel", width=20, max_length=40, required=False
    )
    lone_visits = TextArea(
        "What does a member do who visits alone?",
        hint="A sentence or two. It stands above every check-in.",
        rows=3,
        max_words=40,
        required="Enter a sentence",
    )

    @classmethod
    def showing(cls, round_: Round) -> Self:
        """The form filled in with the round's rules as they are."""
        return cls(obj=round_.grant_rules)

    def validate(self, extra_validators: object = None) -> bool:
        """A page is more than a photo, so it is asked for above it; and whoever is named can be rung."""
        if not super().validate(extra_validators):
            return False
        if self.page_report_to_pence.given < self.photo_report_to_pence.given:
            self.refuse("This can’t be less than the amount up to which a photo is enough", "page_report_to_pence")
        if self.safeguarding_phone.data and not self.safeguarding_name.data:
            self.refuse("Enter the name of whoever has this number", "safeguarding_name")
        if self.safeguarding_name.data and not self.safeguarding_phone.data:
            self.refuse("Enter a telephone number, so that they can be rung", "safeguarding_phone")
        return not self.errors

    @property
    def rules(self) -> GrantRules:
        """What the form says."""
        return GrantRules(
            photo_report_to_pence=self.photo_report_to_pence.given,
            page_report_to_pence=self.page_report_to_pence.given,
            receipts_from_pence=self.receipts_from_pence.given,
            ends_on=self.ends_on.data,
            other_funds=self.other_funds.data,
            instalments=self.instalments.data,
            second_payer_from_pence=self.second_payer_from_pence.given,
            second_person_from_pence=self.second_person_from_pence.given,
            lone_visits=" ".join(self.lone_visits.data.split()),
            safeguarding_name=self.safeguarding_name.data,
            safeguarding_phone=self.safeguarding_phone.data,
        )
