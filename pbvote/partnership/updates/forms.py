"""What an editor says in an update, shows beside it, and when."""

import datetime as dt
from typing import Self

from wtforms import HiddenField

from pbvote.core.clock import now, today, uk_moment
from pbvote.core.contacts import NO_CONTACTS, names_a_contact
from pbvote.fields import ChoiceField, DayField, Form, TextArea, TextField, TimeField
from pbvote.files.forms import PhotoReading, photo_field
from pbvote.partnership.seen import SeenForm
from pbvote.partnership.updates.models import MOST_WORDS, Update


class UpdateForm(SeenForm):
    """A heading, and words under it."""

    heading = TextField("Heading", hint="For example: The alley behind Ayres Road is green", max_length=100)
    words = TextArea("Words", hint="Leave an empty line between paragraphs.", rows=10, max_words=MOST_WORDS)

    @classmethod
    def of(cls, update: Update) -> Self:
        """The form with what the update says."""
        said = {"seen": str(update.version), "heading": update.heading, "words": update.words}
        return cls(formdata=None, data=said)

    def validate(self, extra_validators: object = None) -> bool:
        """Nobody's number or address stands in it."""
        if super().validate(extra_validators):
            for name in ("heading", "words"):
                if names_a_contact(self[name].data):
                    self.refuse(NO_CONTACTS, name)
        return not self.errors


class UpdatePhotoForm(PhotoReading):
    """A photo beside the words."""

    photo = photo_field("Photo", "Up to 15 MB. Everybody in it must agree that it is public.")
    photo_text = TextField("What does it show?", hint="For those who can’t see it.", max_length=200)


class PublishUpdateForm(SeenForm):
    """Now, or at an hour."""

    seen = HiddenField(id="publish-seen")  # beside the form of the words, which has one too
    when = ChoiceField("When can everybody read it?", choices=[("now", "Now"), ("later", "At an hour")])
    on = DayField("Day", required=False)
    hour = TimeField("Hour", hint="For example, 9am", required=False)

    @classmethod
    def of(cls, update: Update) -> Self:
        """The form for what the editor reads."""
        return cls(formdata=None, data={"seen": str(update.version), "when": "now", "on": today(), "hour": dt.time(9)})

    def validate(self, extra_validators: object = None) -> bool:
        """An hour is to come."""
        is_valid = super().validate(extra_validators)
        if is_valid and self.when.data == "later":
            if self.on.data is None:
                self.refuse("Enter the day", "on")
            if self.hour.data is None:
                self.refuse("Enter the hour", "hour")
            if self.at and self.at <= now():
                self.refuse("This hour is over. Choose one that is to come, or publish it now", "hour")
        return not self.errors

    @property
    def at(self) -> dt.datetime | None:
        """The moment from which everybody reads it; None for now."""
        if self.when.data != "later" or self.on.data is None or self.hour.data is None:
            return None
        return uk_moment(self.on.data, self.hour.data)


class UpdateDownForm(Form):
    """Why an update is taken down."""

    why = TextArea("Why?", hint="Everybody reads this in its place.", rows=3, max_words=60, required="Say why")
