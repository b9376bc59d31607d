"""What residents fill in, in the language that is spoken. No form here sets a cookie."""

from flask_babel import gettext

from pbvote.fields import Form, TextArea, TextField
from pbvote.fields.text import read_email
from pbvote.vote.day.forms import ContactForm


class _ReminderForm(Form):
    """An e-mail address. A stranger's page could send no more than anybody can."""

    class Meta:
        csrf = False

    def validate(self, extra_validators: object = None) -> bool:
        """An address that could exist; in its usual form afterwards."""
        if super().validate(extra_validators):
            try:
                self["email"].data = read_email(self["email"].data)
            except ValueError:
                self.refuse(_wanted(), "email")
        return not self.errors


def _wanted() -> str:
    return gettext("Enter an e-mail address, like name@example.com")


def reminder_form() -> Form:
    """The form for a reminder."""
    email = TextField(
        gettext("Your e-mail address"), max_length=120, autocomplete="email", inputmode="email", required=_wanted()
    )
    return _ReminderForm.with_fields(email=email)()


class _CodeForm(Form):
    """The code of a letter's link."""

    class Meta:
        csrf = False


def code_form() -> Form:
    """The form that a letter's link fills in."""
    said = gettext("Enter the code from the letter")
    return _CodeForm.with_fields(code=TextField(gettext("The code from the letter"), width=20, required=said))()


def hand_form() -> Form:
    """The form for whoever lends a hand."""
    fields = {
        "name": TextField(gettext("Your name"), max_length=80, required=gettext("Enter your name")),
        "contact": TextField(
            gettext("Your e-mail address or telephone number"),
            max_length=120,
            required=gettext("Enter an e-mail address or a telephone number"),
        ),
        "words": TextArea(
            gettext("What could you do?"),
            hint=gettext("For example: dig a garden, drive a van, keep the books, bake."),
            rows=3,
            max_words=100,
            look={"maxwords": None},  # its running count speaks English alone
            required=gettext("Say what you could do"),
        ),
    }
    return ContactForm.with_fields(**fields)()
