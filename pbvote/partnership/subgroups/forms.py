"""What is said of a sub-group, and by whoever joins it."""

from collections.abc import Sequence
from typing import Self

from wtforms import HiddenField

from pbvote.fields import ChoiceField, Form, TextArea, TextField, TickField
from pbvote.fields.text import read_email
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.seen import SeenForm
from pbvote.partnership.subgroups.models import MOST_WORDS, Subgroup
from pbvote.partnership.subgroups.service import SaidOfSubgroup
from pbvote.people.forms import LinkForm

_CONTACT = "Enter an e-mail address or a telephone number"
SHORTEST_NUMBER = 7


class SubgroupForm(SeenForm):
    """A sub-group."""

    name = TextField("Name", hint="For example: Safe ways to school", max_length=80, is_for_everybody=True)
    words = TextArea(
        "What does it do?", rows=5, max_words=MOST_WORDS, required="Say what it does", is_for_everybody=True
    )
    lead = ChoiceField("Who leads it?", hint="A member of the partnership.", is_folded=True, is_conditional=True)
    meets = TextField(
        "When and where does it meet?",
        hint="For example: First Tuesday of the month, 6pm, Sale Library",
        max_length=160,
        required="Say when and where it meets",
        is_for_everybody=True,
    )
    takes_joiners = TickField("Others can join")

    @classmethod
    def offered(cls, members: Sequence[PartnershipMember], subgroup: Subgroup | None = None, *, is_sent: bool) -> Self:
        """The form with these members to lead it; before it is sent with what the sub-group says."""
        said = data_of(subgroup) if subgroup else {"takes_joiners": True}
        form = cls() if is_sent else cls(formdata=None, data=said)
        form.lead.choices = [("", "Nobody yet"), *((str(each.id), f"{each.name}, {each.body}") for each in members)]
        return form

    def said(self) -> SaidOfSubgroup:
        """What was said, in a form that is valid."""
        lead_id = int(self.lead.data) if self.lead.data else None
        return SaidOfSubgroup(self.name.data, self.words.data, self.meets.data, lead_id, self.takes_joiners.data)


def data_of(subgroup: Subgroup) -> dict[str, object]:
    """What the form shows of a sub-group. A lead who is a member no more is nobody."""
    lead = subgroup.present_lead
    return {
        "seen": str(subgroup.version),
        "name": subgroup.name,
        "words": subgroup.words,
        "meets": subgroup.meets,
        "lead": str(lead.id) if lead else "",
        "takes_joiners": subgroup.takes_joiners,
    }


class EndSubgroupForm(SeenForm):
    """Why a sub-group ends. It stands on one page with what is said of it, so its hidden box has another id."""

    seen = HiddenField(id="end-seen")
    why = TextArea(
        "Why does it end?",
        hint="Everybody reads this.",
        rows=3,
        max_words=60,
        required="Say why",
        is_for_everybody=True,
    )


class WriteToJoinersForm(Form):
    """What the lead says to everybody who has joined."""

    letter = TextArea("What would you like to say?", rows=5, max_words=200, required="Write something")


class JoinForm(Form):
    """Who joins. It sets no cookie: a stranger's page could send no more than anybody can."""

    class Meta:
        csrf = False

    name = TextField("Your name", max_length=80, autocomplete="name", required="Enter your name")
    contact = TextField("Your e-mail address or telephone number", max_length=120, required=_CONTACT)

    def validate(self, extra_validators: object = None) -> bool:
        """Somebody can be reached: an address that could exist, in its usual form afterwards, or a number."""
        if super().validate(extra_validators):
            said = self.contact.data
            if "@" in said:
                try:
                    self.contact.data = read_email(said).lower()
                except ValueError as wrong:
                    self.refuse(str(wrong), "contact")
            elif sum(letter.isdigit() for letter in said) < SHORTEST_NUMBER:
                self.refuse(_CONTACT, "contact")
        return not self.errors


class JoiningLinkForm(LinkForm):
    """The code of a letter’s link."""

    class Meta:
        csrf = False
