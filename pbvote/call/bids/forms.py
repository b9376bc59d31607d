"""What the sender of a bid puts right, and what the desk writes about a bid."""

from pbvote.call.bids.models import PHOTO_TEXT_LENGTH, Bid
from pbvote.fields import EmailField, Form, TextArea, TextField


class AddressForm(Form):
    """Where the letter about a bid should have gone."""

    email = EmailField("E-mail address", required="Enter an e-mail address")


class WordingForm(Form):
    """A bid's words in another language."""

    title = TextField("Title", max_length=80, required="Enter the title")
    summary = TextArea("Summary", rows=5, max_words=80, required="Enter the summary")
    photo_text = TextField("What the photo shows", max_length=PHOTO_TEXT_LENGTH, required=False)

    @classmethod
    def about(cls, bid: Bid, language: str) -> "WordingForm":
        """The form with the words that the bid has; a bid without a photo is asked nothing about one."""
        form = cls(obj=bid.wording(language))
        if not bid.photo_text:
            del form.photo_text
        return form

    @property
    def said_of_photo(self) -> str | None:
        """What the photo shows; None where the form does not ask."""
        return self.photo_text.data if "photo_text" in self else None
