"""What is filled in with a pass."""

from pbvote.fields import Form, TextField
from pbvote.vote.passes.models import LONGEST_NAME


class PassForm(Form):
    """The code of a pass, and who holds the phone."""

    code = TextField("The code on your pass", required="Scan your pass, or type the code on it", autocomplete="off")
    name = TextField(
        "Your first name",
        hint="An organiser sees it, and lets your phone in.",
        required="Enter your first name",
        autocomplete="given-name",
        max_length=LONGEST_NAME,
    )
