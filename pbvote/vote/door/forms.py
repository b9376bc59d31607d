"""What an organiser settles about the door."""

from dataclasses import replace

from pbvote.fields import ChoiceField, Form, TextArea
from pbvote.vote.events.day import DoorList, Latecomers
from pbvote.vote.events.models import Event


class DoorForm(Form):
    """What stewards keep at the door, and until when a latecomer gets a slip."""

    door_list = ChoiceField(
        "What stewards keep",
        choices=[
            (DoorList.COUNTER.value, "A count: two large numbers, and no names"),
            (DoorList.NAMES.value, "A list of the names of those who may vote"),
        ],
        required="Choose what stewards keep",
    )
    latecomers = ChoiceField(
        "Anyone who comes late gets a slip",
        choices=[
            (Latecomers.UNTIL_THE_CLOSE.value, "until voting closes"),
            (Latecomers.UNTIL_THE_FIRST_PITCH.value, "until the first group begins to speak"),
            (Latecomers.UNTIL_THE_LAST_PITCH.value, "until the last group has spoken"),
        ],
        required="Choose until when a latecomer gets a slip",
    )

    def fill(self, event: Event) -> None:
        """Write what the form says into the event's day."""
        kept, late = DoorList(self.door_list.data), Latecomers(self.latecomers.data)
        event.day = replace(event.day, door_list=kept, latecomers=late)


class PauseForm(Form):
    """Why the door's list is kept longer."""

    reason = TextArea(
        "Why it is kept longer",
        hint="For example, a complaint about the event. Write no names.",
        required="Say why it is kept longer",
        max_length=300,
        rows=2,
    )
