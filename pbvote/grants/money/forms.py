"""What is filled in about money. No box asks for bank details, and none takes them."""

import datetime as dt
from typing import ClassVar

from wtforms import HiddenField

from pbvote.core.bank_details import has_bank_details
from pbvote.core.reading import sent_number
from pbvote.fields import ChoiceField, DayField, Form, MoneyField, TextField
from pbvote.grants.money.checking import Call
from pbvote.grants.money.models import Payment, PaymentState
from pbvote.grants.money.paying import NewPayment, SentBack

NO_DETAILS = "This looks like bank details. Leave them out: finance keeps them."


class NumberedForm(Form):
    """A form that knows how many of its kind the page showed, so that two people enter the same once."""

    day_field: ClassVar[str]
    """The field that a wrong day is refused beside."""
    number = HiddenField()

    @property
    def seen(self) -> int:
        """The number of what is entered, as the page showed it; 0 where nobody's page said so."""
        return sent_number(str(self.number.data or ""))

    def validate(self, extra_validators: object = None) -> bool:
        """No text holds bank details."""
        is_valid = super().validate(extra_validators)
        for field in self.page_fields():
            if isinstance(field, TextField) and isinstance(field.data, str) and has_bank_details(field.data):
                self.refuse(NO_DETAILS, field.name)
                is_valid = False
        return is_valid


class CallForm(NumberedForm):
    """Who rang whom, before money goes to an account."""

    day_field = "rang_on"
    rang_by = TextField("Who of the council rang?", hint="Name and team", required="Enter who rang", max_length=80)
    spoke_to = TextField("Whom did they speak to?", hint="A name", required="Enter whom they spoke to", max_length=80)
    role = TextField(
        "What is that person in the group?",
        hint="For example, treasurer",
        required="Enter what they are in the group",
        max_length=80,
    )
    rang_on = DayField("Day of the call", required="Enter the day of the call")

    @property
    def call(self) -> Call:
        """What the form says."""
        return Call(self.seen, self.rang_by.data, self.spoke_to.data, self.role.data, self.rang_on.given)


class PlanForm(NumberedForm):
    """When finance pays all that is left."""

    day_field = "planned_on"
    planned_on = DayField("Day of the payment", required="Enter the day of the payment")

    def new(self, left_pence: int) -> NewPayment:
        """What the form says, where this much is left."""
        return NewPayment(self.seen, left_pence, self.planned_on.given)


class InstalmentForm(PlanForm):
    """When finance pays how much of it."""

    pence = MoneyField("Amount", least=1, required="Enter the amount")

    def new(self, _left_pence: int) -> NewPayment:
        """What the form says."""
        return NewPayment(self.seen, self.pence.given, self.planned_on.given)


OUTCOMES = {
    PaymentState.PLANNED: (
        (PaymentState.PAID, "Finance has paid it"),
        (PaymentState.FAILED, "It failed"),
        (PaymentState.CANCELLED, "Finance is not to pay it"),
    ),
    PaymentState.PAID: ((PaymentState.FAILED, "The bank has sent it back"),),
}
"""What can become of a payment, in words. Of any other, nothing."""


class OutcomeForm(NumberedForm):
    """What became of a payment."""

    day_field = "happened_on"
    became = ChoiceField("What became of it?", required="Say what became of it")
    happened_on = DayField("On which day?", hint="When it was paid, or when it failed", is_conditional=True)
    why = TextField("Why did it fail?", hint="What finance says, without bank details", is_conditional=True)

    @classmethod
    def of(cls, payment: Payment) -> "OutcomeForm":
        """The form, with what can become of this payment, which has not ended."""
        form = cls()
        form.became.choices = [(state.value, words) for state, words in OUTCOMES[payment.state]]
        if len(form.became.choices) == 1 and not form.became.data:
            form.became.data = form.became.values[0]
        return form

    def validate(self, extra_validators: object = None) -> bool:
        """What was paid or failed has a day; what failed, a reason."""
        if not super().validate(extra_validators):
            return False
        if self.became.data != PaymentState.CANCELLED and not self.happened_on.data:
            self.refuse("Enter the day", "happened_on")
            return False
        if self.became.data == PaymentState.FAILED and not self.why.data:
            self.refuse("Enter why it failed", "why")
            return False
        return True

    @property
    def day(self) -> dt.date:
        """The day, where one was asked for."""
        return self.happened_on.given


class ReturnForm(NumberedForm):
    """What a group sent back."""

    day_field = "returned_on"
    pence = MoneyField("Amount", least=1, required="Enter the amount")
    returned_on = DayField("Day on which it arrived", required="Enter the day on which it arrived")
    why = TextField("Why?", hint="For example, the hall cost less than planned", required="Enter why")

    @property
    def sent(self) -> SentBack:
        """What the form says."""
        return SentBack(self.seen, self.pence.given, self.returned_on.given, self.why.data)
