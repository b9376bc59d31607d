"""One headed text of an engagement plan."""

from pbvote.fields import TextArea, TextField
from pbvote.partnership.engagement.models import EngagementText
from pbvote.partnership.seen import SeenForm


class EngagementTextForm(SeenForm):
    """A heading, and words under it. Everybody reads them."""

    heading = TextField("Heading", hint="For example: Where you can meet us", max_length=80)
    words = TextArea(
        "Words",
        hint="Events, channels, who talks to whom. Leave an empty line between paragraphs.",
        rows=8,
        max_words=250,
    )

    @staticmethod
    def data_of(text: EngagementText) -> dict[str, object]:
        """What the form shows of a text."""
        return {"seen": str(text.version), "heading": text.heading, "words": text.words}
