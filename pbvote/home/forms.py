"""What the desk's own lists are searched by."""

from pbvote.fields import ChoiceField, Form, TextField
from pbvote.mail.models import LetterState

LETTER_STATES = {
    LetterState.WAITING: "Waiting",
    LetterState.SENT: "Sent",
    LetterState.FAILED: "Failed",
    LetterState.CALLED_BACK: "Called back",
}


class FindLetterForm(Form):
    """Which letters to look for in the outbox."""

    class Meta:
        """A search changes nothing, so it carries no token into the address."""

        csrf = False

    words = TextField("E-mail address or subject", autocomplete="off", width=20, is_conditional=True)
    state = ChoiceField(
        "Letters",
        choices=[("", "All"), *((state.value, name) for state, name in LETTER_STATES.items())],
        is_folded=True,
        is_conditional=True,
    )
