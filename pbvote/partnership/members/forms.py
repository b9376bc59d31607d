"""Who is a member, and what a member shows to everybody."""

from collections.abc import Sequence

from wtforms import HiddenField

from pbvote.core.clock import today
from pbvote.core.reading import sent_number
from pbvote.fields import ChoiceField, DayField, Form, TextArea, TextField, TickField
from pbvote.files.forms import PhotoReading, photo_field
from pbvote.localities.models import Ward
from pbvote.partnership.members.models import MOST_CHARACTERS, MemberRole, PartnershipMember
from pbvote.partnership.members.service import SaidOfMember
from pbvote.partnership.seen import SeenForm
from pbvote.people.models import Account


class MemberForm(SeenForm):
    """A member: who, what, from where, from when to when."""

    name = TextField("Name", max_length=80, autocomplete="off")
    role = ChoiceField("Role", choices=[(role.value, role.words) for role in MemberRole], required="Choose a role")
    role_words = TextField("Another role in words", max_length=60, is_conditional=True)
    body = TextField(
        "Organisation they come from",
        hint="It is always public. For example: Greater Manchester Police. For a resident, write Resident.",
        max_length=100,
    )
    ward = ChoiceField("Ward", is_folded=True, is_conditional=True)
    from_on = DayField("First day as a member")
    until_on = DayField("Last day as a member", hint="Leave it empty while nobody has named it.", required=False)
    account = ChoiceField(
        "Account", hint="Whose it is can write words and give a photo.", is_folded=True, is_conditional=True
    )

    def offer(self, wards: Sequence[Ward], accounts: Sequence[Account]) -> "MemberForm":
        """Offer these wards and these accounts."""
        self.ward.choices = [("", "None"), *((str(ward.id), ward.name) for ward in wards)]
        named = [(str(each.id), f"{each.name}, {each.email}") for each in accounts]
        self.account.choices = [("", "No account"), *named]
        return self

    @staticmethod
    def data_of(member: PartnershipMember) -> dict[str, object]:
        """What the form shows of a member."""
        return {
            "seen": str(member.version),
            "name": member.name,
            "role": member.role,
            "role_words": member.role_words,
            "body": member.body,
            "ward": member.ward_id,
            "from_on": member.from_on,
            "until_on": member.until_on,
            "account": member.account_id,
        }

    def validate(self, extra_validators: object = None) -> bool:
        """Another role is in words, and the days are in order."""
        is_valid = super().validate(extra_validators)
        if self.role.data == MemberRole.OTHER and not self.role_words.data:
            self.refuse("Say which role", "role_words")
        from_on, until_on = self.from_on.data, self.until_on.data
        if is_valid and from_on and until_on and until_on < from_on:
            self.refuse("The last day must not come before the first", "until_on")
        return not self.errors

    def said(self) -> SaidOfMember:
        """What was said, in a form that is valid."""
        role = MemberRole(self.role.data)
        return SaidOfMember(
            name=self.name.data,
            role=role,
            role_words=self.role_words.data if role is MemberRole.OTHER else "",
            body=self.body.data,
            ward_id=int(self.ward.data) if self.ward.data else None,
            from_on=self.from_on.given,
            until_on=self.until_on.data,
            account_id=int(self.account.data) if self.account.data else None,
        )


class EndForm(Form):
    """A member's last day."""

    last_on = DayField("Their last day", hint="They are public through this day.", required="Enter their last day")

    @classmethod
    def today(cls) -> "EndForm":
        """Filled in with today."""
        return cls(formdata=None, data={"last_on": today()})


class ProfileWordsForm(Form):
    """What a member says of themselves to everybody."""

    words = TextArea(
        "A few words about you",
        hint="For example: I walk the Flixton footpaths, and I chair the friends of the library.",
        rows=4,
        max_length=MOST_CHARACTERS,
        is_for_everybody=True,
        required="Write a few words, or leave the page as it is",
    )
    agrees = TickField(
        "Anyone may read these words on the partnership’s page",
        required="Tick that anyone may read these words. Without that they can’t be published.",
    )

    @property
    def plain(self) -> str:
        """The words on one line for each that was typed, and no blanks around them."""
        return "\n".join(line.strip() for line in self.words.data.strip().splitlines())


class ProfilePhotoForm(PhotoReading):
    """A member's photo for everybody, drawn again as soon as the form is looked at."""

    photo = photo_field(
        "Photo", "Of yourself, up to 15 MB. We keep no place, date or name that your camera wrote into it."
    )
    agrees_to_photo = TickField(
        "Anyone may see this photo on the partnership’s page",
        required="Tick that anyone may see this photo. Without that it can’t be published.",
    )


class SendBackForm(Form):
    """What the member is asked to change."""

    seen = HiddenField()
    why = TextArea("What should they change?", rows=3, max_length=400, required="Say what they should change")

    @property
    def version_seen(self) -> int:
        """The version that the editor read."""
        return sent_number(self.seen.data)
