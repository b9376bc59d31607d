"""What an editor says in an update, shows beside it, and when."""

from typing import Self

from pbvote.fields import Form, TextArea, TextField
from pbvote.files.forms import PhotoReading, photo_field
from pbvote.partnership.seen import SeenForm
from pbvote.partnership.updates.models import MOST_WORDS, Update


class UpdateForm(SeenForm):
    """A heading, and words under it."""

    heading = TextField(
        "Heading", hint="For example: The alley behind Ayres Road is green", max_length=100, is_for_everybody=True
    )
    words = TextArea(
        "Words",
        hint="Leave an empty line between paragraphs.",
        rows=10,
        max_words=MOST_WORDS,
        is_for_everybody=True,
    )

    @classmethod
    def of(cls, update: Update) -> Self:
        """The form with what the update says."""
        said = {"seen": str(update.version), "heading": update.heading, "words": update.words}
        return cls(formdata=None, data=said)


class UpdatePhotoForm(PhotoReading):
    """A photo beside the words."""

    photo = photo_field("Photo", "Up to 15 MB. Everybody in it must agree that it is public.")
    photo_text = TextField(
        "What does it show?", hint="For those who can’t see it.", max_length=200, is_for_everybody=True
    )


class UpdateDownForm(Form):
    """Why an update is taken down."""

    why = TextArea("Why?", hint="Everybody reads this in its place.", rows=3, max_words=60, required="Say why")
