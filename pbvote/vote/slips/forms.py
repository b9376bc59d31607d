"""What organisers fill in about slips."""

from pbvote.fields import ChoiceField, Form, IntegerField, TextField, TickField
from pbvote.vote.poll.voided import VOID_REASONS
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import MOST_AT_ONCE


class PrintForm(Form):
    """How many slips to print, and what for."""

    number = IntegerField(
        "How many slips?",
        hint="They come on sheets of A4, in envelopes of 25. Print some more than you expect people.",
        least=1,
        most=MOST_AT_ONCE,
        required="Enter how many slips to print",
    )
    purpose = ChoiceField(
        "What are they for?",
        choices=[(SlipState.SPARE.value, "The event"), (SlipState.TEST.value, "A rehearsal")],
        hints={
            SlipState.SPARE.value: "In sealed envelopes. A slip votes once its envelope is opened at the door.",
            SlipState.TEST.value: "They work at once, before voting opens too, and they never count.",
        },
        default=SlipState.SPARE,
        required="Choose what the slips are for",
    )
    is_large = TickField("Large print, one slip to a sheet")


class VoidForm(Form):
    """Which slip, and why."""

    serial = TextField(
        "Number of the slip",
        hint="It is printed on both sides, for example S-0417",
        width=10,
        required="Enter the number of the slip",
    )
    reason = ChoiceField(
        "Why must it not vote?",
        choices=[(reason.value, words) for reason, words in VOID_REASONS.items()],
        required="Choose a reason",
    )


class LostForm(Form):
    """The question that decides whether somebody who lost their slip gets another."""

    saw_it = ChoiceField(
        "Did they see “We have your vote”?",
        choices=[("yes", "Yes"), ("no", "No, or they never began")],
        required="Ask them, then choose yes or no",
    )
