"""What was decided about an item, and what somebody will do."""

from collections.abc import Sequence

from wtforms import HiddenField

from pbvote.fields import ChoiceField, DayField, Form, TextArea, TextField
from pbvote.localities.models import Priority
from pbvote.partnership.meetings.actions.service import SaidOfAction
from pbvote.partnership.members.models import PartnershipMember

NOBODY_LEADS = "Say who leads: a member, or an organisation"


def leads_of(members: Sequence[PartnershipMember]) -> list[tuple[str, str]]:
    """The members who may lead, for a form."""
    return [("", "No member"), *((str(each.id), f"{each.name}, {each.body}") for each in members)]


def priority_choices(priorities: Sequence[Priority]) -> list[tuple[str, str]]:
    """The priorities that an action may serve, for a form."""
    return [("", "None of them"), *((str(each.id), each.text) for each in priorities)]


def priority_said(chosen: str) -> int | None:
    """The priority's number, out of what a valid form says."""
    return int(chosen) if chosen else None


def lead_said(typed: str, member_id: str, members: Sequence[PartnershipMember]) -> tuple[str, int | None]:
    """The body that leads, and the member, out of what a form says."""
    member = next((each for each in members if str(each.id) == member_id), None)
    return (member.body, member.id) if member else (typed, None)


class HoldForm(Form):
    """One item of a meeting that is written up. The page's script keeps what is typed."""

    version = HiddenField()
    decided = TextArea("What was decided?", rows=6, max_words=400, required=False)
    what = TextField("An action: what will be done?", max_length=200, required=False)
    priority = ChoiceField("Which priority does it serve?", is_folded=True, is_conditional=True)
    lead_member = ChoiceField("Who leads?", is_folded=True, is_conditional=True)
    lead = TextField("Or which organisation leads?", max_length=100, is_conditional=True)
    due_on = DayField("By when?", is_conditional=True)

    def offer(self, members: Sequence[PartnershipMember], priorities: Sequence[Priority]) -> "HoldForm":
        """Offer these members as leads, and these priorities."""
        self.lead_member.choices = leads_of(members)
        self.priority.choices = priority_choices(priorities)
        return self

    def validate(self, extra_validators: object = None) -> bool:
        """An action has a lead and a day."""
        super().validate(extra_validators)
        if self.what.data and not self.errors:
            if not (self.lead.data or self.lead_member.data):
                self.refuse(NOBODY_LEADS, "lead_member")
            if self.due_on.data is None:
                self.refuse("Say by when", "due_on")
        return not self.errors

    def said(self, members: Sequence[PartnershipMember]) -> SaidOfAction | None:
        """The action that was typed, in a form that is valid; None where there is none."""
        if not self.what.data:
            return None
        lead, member_id = lead_said(self.lead.data, self.lead_member.data, members)
        return SaidOfAction(self.what.data, "", lead, member_id, self.due_on.given, priority_said(self.priority.data))
