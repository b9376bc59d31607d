"""The reasons of a recommendation."""

from pbvote.fields import Form, TextArea


class ReasonsForm(Form):
    """Why the partnership recommends what its members chose."""

    reasons = TextArea(
        "Why do you recommend this?",
        hint="Everybody reads it with the result. Write as you would tell a neighbour.",
        rows=5,
        max_words=200,
        required="Write down why",
    )
