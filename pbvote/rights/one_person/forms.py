"""Whom somebody asks about."""

from wtforms import HiddenField

from pbvote.fields import EmailField, Form, TextField, TickField
from pbvote.rights.one_person.person import LEAST_DIGITS, Person, digits_of


class PersonForm(Form):
    """The person, as their letter gives them."""

    email = EmailField("E-mail address", autocomplete="off", required=False)
    name = TextField(
        "Name",
        hint="First name and surname, as they write it. It finds texts in which they are named.",
        autocomplete="off",
        max_length=80,
        required=False,
    )
    number = TextField("Telephone number", autocomplete="off", inputmode="tel", width=20, max_length=30, required=False)
    is_known = TickField(
        "I have checked that whoever asks is this person",
        hint="Their letter comes from this address, or they showed who they are.",
        required="Check first who asks. What is held goes to nobody else.",
    )

    def validate(self, extra_validators: object = None) -> bool:
        """An address or a number is needed: a name alone can be anybody's."""
        is_valid = super().validate(extra_validators)
        if self.number.data and len(digits_of(self.number.data)) < LEAST_DIGITS:
            self.refuse("Enter the whole telephone number, with its area code", "number")
            is_valid = False
        if is_valid and not (self.email.data or self.number.data):
            self.refuse("Enter an e-mail address or a telephone number. A name alone can be anybody’s.", "email")
            is_valid = False
        return is_valid

    @property
    def person(self) -> Person:
        """Whoever was typed."""
        return Person.called(self.email.data, self.name.data, self.number.data)

    @property
    def said(self) -> dict[str, str]:
        """What the next page sends along, by the names of its boxes."""
        return {"email": self.email.data, "name": self.name.data, "number": self.number.data, "is_known": "y"}


class ErasePersonForm(PersonForm):
    """The press that erases them: what the page before has shown, and whether namesakes are they."""

    seen = HiddenField()
    is_same = TickField("The places where only the name fits are about the same person")
