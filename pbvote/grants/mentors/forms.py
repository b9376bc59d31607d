"""Who is whose mentor, what groups read about a member, and when a member is away."""

import datetime as dt
from collections.abc import Sequence

from wtforms import HiddenField

from pbvote.core.clock import today
from pbvote.core.reading import sent_number
from pbvote.fields import ChoiceField, DayField, Form, TextArea, TextField
from pbvote.files.forms import PhotoReading, photo_field
from pbvote.filters import day
from pbvote.grants.mentors.suggesting import Candidate
from pbvote.localities.models import Ward
from pbvote.people.models import Account


class MentorForm(Form):
    """Who stays with a funded group."""

    seen = HiddenField()
    member = ChoiceField("LP member", required="Choose an LP member")
    next_on = DayField("First visit by", required=False)

    def offer(self, candidates: Sequence[Candidate], present: Account | None, due_on: dt.date | None) -> "MentorForm":
        """Offer these members, and say what is planned."""
        self.member.choices = [(str(each.member.id), each.member.name) for each in candidates]
        self.member.hints = {str(each.member.id): _about(each, present) for each in candidates}
        planned = f"Planned for {day(due_on)}. Leave this empty to keep that day." if due_on else ""
        self.next_on.hint = planned or "Leave this empty if it is not planned yet"
        return self

    def validate(self, extra_validators: object = None) -> bool:
        """A first visit comes today or later."""
        is_valid = super().validate(extra_validators)
        if is_valid and self.next_on.data and self.next_on.data < today():
            self.refuse("The first visit must be today or later", "next_on")
        return not self.errors

    @property
    def period_seen(self) -> int:
        """The id of the period that the chooser saw; 0 for none."""
        return sent_number(self.seen.data)


def _about(candidate: Candidate, present: Account | None) -> str:
    """What speaks for a member and against, under their name."""
    groups = "1 group" if candidate.groups == 1 else f"{candidate.groups} groups"
    parts = (
        "The mentor now" if present and present.id == candidate.member.id else "",
        groups if candidate.groups else "No group yet",
        "near this group" if candidate.is_near else "",
        f"away, back on {day(candidate.absence.back_on)}" if candidate.absence else "",
    )
    return ", ".join(filter(None, parts))


class MemberCardForm(Form):
    """What groups read about a member."""

    sentence = TextArea(
        "A sentence about you",
        hint="For example: I keep the books of a food bank, and I like to come by in the evening.",
        rows=3,
        max_words=40,
        required=False,
    )
    phone = TextField("Telephone number", autocomplete="tel", inputmode="tel", width=20, required=False)
    ward = ChoiceField(
        "Where do you like to visit?", hint="Groups don’t see this.", is_folded=True, is_conditional=True
    )

    def offer(self, wards: Sequence[Ward]) -> "MemberCardForm":
        """Offer these wards."""
        self.ward.choices = [("", "Anywhere"), *((str(ward.id), ward.name) for ward in wards)]
        return self

    @property
    def ward_id(self) -> int | None:
        """The ward that was chosen, if any."""
        return int(self.ward.data) if self.ward.data else None


class MemberPhotoForm(PhotoReading):
    """The photo of a member, drawn again as soon as the form is looked at."""

    photo = photo_field(
        "Photo", "Of yourself, up to 15 MB. We keep no place, date or name that your camera wrote into it."
    )


class AwayForm(Form):
    """When a member is away, and who covers."""

    from_on = DayField("First day away", required="Enter the first day")
    back_on = DayField("Back on", required="Enter the day on which you are back")
    cover = ChoiceField("Who covers?", hint="Ask them first. We write to them.", is_folded=True, is_conditional=True)

    def offer(self, members: Sequence[Account]) -> "AwayForm":
        """Offer these members."""
        self.cover.choices = [("", "Nobody"), *((str(member.id), member.name) for member in members)]
        return self

    def validate(self, extra_validators: object = None) -> bool:
        """It begins today or later, and ends after that."""
        is_valid = super().validate(extra_validators)
        from_on, back_on = self.from_on.data, self.back_on.data
        if is_valid and from_on and from_on < today():
            self.refuse("The first day must be today or later", "from_on")
        if is_valid and from_on and back_on and back_on <= from_on:
            self.refuse("You must be back on a later day", "back_on")
        return not self.errors

    @property
    def cover_id(self) -> int | None:
        """Who covers, if anybody."""
        return int(self.cover.data) if self.cover.data else None
