"""What the sender of a bid puts right, and what the desk writes about a bid."""

from pbvote.fields import EmailField, Form, TextArea, TextField


class AddressForm(Form):
    """Where the letter about a bid should have gone."""

    email = EmailField("E-mail address", required="Enter an e-mail address")


class WordingForm(Form):
    """A bid's words in another language."""

    title = TextField("Title", max_length=80, required="Enter the title")
    summary = TextArea("Summary", rows=5, max_words=80, required="Enter the summary")
