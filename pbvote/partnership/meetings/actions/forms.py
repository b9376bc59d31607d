"""An action: what, how anybody sees that it is done, who leads, by when, and how far it is."""

from collections.abc import Sequence

from pbvote.fields import ChoiceField, DayField, TextField
from pbvote.localities.models import Priority
from pbvote.partnership.meetings.actions.models import Action, ActionState
from pbvote.partnership.meetings.actions.service import SaidOfAction
from pbvote.partnership.meetings.holding_forms import NOBODY_LEADS, lead_said, leads_of, priority_choices, priority_said
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.seen import SeenForm


class ActionForm(SeenForm):
    """An action, and how far it is."""

    what = TextField("What will be done?", max_length=200, required="Say what will be done", is_for_everybody=True)
    measure = TextField(
        "How will anybody see that it is done?",
        hint="A number, if there is one. For example: 30 children cook each week.",
        max_length=200,
        required=False,
        is_for_everybody=True,
    )
    priority = ChoiceField("Which priority does it serve?", is_folded=True, required=False)
    lead_member = ChoiceField("Who leads?", is_folded=True, is_conditional=True)
    lead = TextField("Or which organisation leads?", max_length=100, is_conditional=True, is_for_everybody=True)
    due_on = DayField("By when?", required="Say by when")
    state = ChoiceField(
        "How far is it?", choices=[(state.value, state.words) for state in ActionState], required="Say how far it is"
    )
    why = TextField("Why is it stuck, or what came of it?", max_length=300, is_conditional=True, is_for_everybody=True)

    def offer(self, members: Sequence[PartnershipMember], priorities: Sequence[Priority]) -> "ActionForm":
        """Offer these members as leads, and these priorities."""
        self.lead_member.choices = leads_of(members)
        self.priority.choices = priority_choices(priorities)
        return self

    @staticmethod
    def data_of(action: Action) -> dict[str, object]:
        """What the form shows of an action."""
        said = {name: getattr(action, name) for name in ("what", "measure", "due_on", "state", "why")}
        member = action.present_lead
        led = {"lead_member": member.id, "lead": ""} if member else {"lead": action.lead}
        return {"seen": str(action.version), **said, **led, "priority": action.priority_id}

    def validate(self, extra_validators: object = None) -> bool:
        """Somebody leads, and what is stuck says why."""
        super().validate(extra_validators)
        if not (self.lead.data or self.lead_member.data):
            self.refuse(NOBODY_LEADS, "lead_member")
        if self.state.data == ActionState.STUCK and not self.why.data:
            self.refuse("Say why it is stuck", "why")
        return not self.errors

    def said(self, members: Sequence[PartnershipMember]) -> SaidOfAction:
        """What was said, in a form that is valid."""
        lead, member_id = lead_said(self.lead.data, self.lead_member.data, members)
        priority_id = priority_said(self.priority.data)
        return SaidOfAction(self.what.data, self.measure.data, lead, member_id, self.due_on.given, priority_id)
