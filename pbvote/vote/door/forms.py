"""What an organiser settles about the door's list."""

from pbvote.fields import Form, TextArea


class PauseForm(Form):
    """Why the door's list is kept longer."""

    reason = TextArea(
        "Why it is kept longer",
        hint="For example, a complaint about the event. Write no names.",
        required="Say why it is kept longer",
        max_length=300,
        rows=2,
    )
