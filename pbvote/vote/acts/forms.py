"""What is filled in about witnesses and their cards."""

from pbvote.fields import Form, TextField


class WitnessForm(Form):
    """Who is given a card."""

    name = TextField(
        "Name of the witness",
        hint="A resident, or the chair of the partnership. Organisers see the name; it is not published.",
        required="Enter the name of the witness",
        max_length=80,
    )


class CardForm(Form):
    """The code of a witness's card."""

    code = TextField("The code on your card", required="Scan your card, or type the code on it", autocomplete="off")
