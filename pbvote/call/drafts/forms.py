"""The small forms around a draft."""

from typing import Self

from pbvote.call.bids.models import CameBy
from pbvote.call.rounds.models import Round
from pbvote.fields import ChoiceField, EmailField, Form, TextArea


class BeginForm(Form):
    """Where the way back to the draft is mailed."""

    email = EmailField(
        "Your e-mail address",
        hint="We send you a link, so that you can stop at any time and come back.",
        required="Enter an e-mail address",
    )


class LetInForm(Form):
    """Why a late draft is let in."""

    reason = TextArea(
        "Why do you let it in?",
        hint="It stands in the bid’s history, which auditors read.",
        rows=3,
        max_words=60,
        required="Give the reason",
    )


class KeyingForm(Form):
    """How a bid reached the council that an organiser keys in."""

    came_by = ChoiceField(
        "How did the group give you its bid?",
        choices=[(CameBy.TELEPHONE, "By telephone"), (CameBy.PAPER, "On paper")],
        required="Choose how it came",
    )


YES_OR_NO = [("yes", "Yes"), ("no", "No")]


class CanWeForm(Form):
    """Four questions before the form. Nothing of them is kept."""

    class Meta:
        csrf = False  # nothing is changed, and nothing is kept

    is_group = ChoiceField(
        "Are you a group, not one person or a business for profit?", choices=YES_OR_NO, required="Answer question 1"
    )
    is_here = ChoiceField(
        "Would the project help people who live here?", choices=YES_OR_NO, required="Answer question 2"
    )
    has_account = ChoiceField(
        "Will you have a constitution and a bank account by the event day, or somebody who holds the money?",
        choices=YES_OR_NO,
        required="Answer question 3",
    )
    can_come = ChoiceField(
        "Can somebody of you come to the event and tell residents about it?",
        choices=YES_OR_NO,
        required="Answer question 4",
    )

    @classmethod
    def for_round(cls, round_: Round) -> Self:
        """The questions that the round gives rise to: where groups meet nobody, nobody has to come."""
        form = cls()
        if not any(share.has_meeting for share in round_.shares):
            del form["can_come"]
        return form

    @property
    def obstacles(self) -> list[str]:
        """What to do about each “no”."""
        return [INSTEAD[field.name] for field in self.page_fields() if field.data == "no"]


INSTEAD = {
    "is_group": "Grants go to groups. Find two others and start one, or ask a group that you know to bid with you.",
    "is_here": "This money is for people here. Ask the council where your project would be. It may have grants too.",
    "has_account": "Ask a school, a church or another group to hold the money for you. Then you can bid.",
    "can_come": "Ask a friend to speak for you, or ask us: we can read out a text or show a film that you send.",
}
