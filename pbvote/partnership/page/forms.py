"""What a partnership says of itself."""

from pbvote.fields import TextArea, TextField
from pbvote.partnership.page.models import Purpose
from pbvote.partnership.seen import SeenForm


class PurposeForm(SeenForm):
    """A heading, and words under it."""

    heading = TextField("Heading", hint="For example: What we are for", max_length=80)
    words = TextArea("Words", hint="Leave an empty line between paragraphs.", rows=10, max_words=400)

    @staticmethod
    def data_of(purpose: Purpose | None) -> dict[str, object]:
        """What the form shows of the purpose."""
        if purpose is None:
            return {"heading": "What we are for"}
        return {"seen": str(purpose.version), "heading": purpose.heading, "words": purpose.words}
