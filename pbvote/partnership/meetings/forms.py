"""A meeting, an item of its agenda, when that is out, and why a meeting is off."""

from pbvote.core.clock import UK, uk_moment
from pbvote.fields import DayField, IntegerField, TextArea, TextField, TimeField
from pbvote.partnership.meetings.items import SaidOfItem
from pbvote.partnership.meetings.models import Meeting, MeetingItem
from pbvote.partnership.meetings.service import SaidOfMeeting
from pbvote.partnership.seen import SeenForm

USUAL_TITLE = "Partnership meeting"


class MeetingForm(SeenForm):
    """A meeting: day, hours, place."""

    title = TextField(
        "What it is called",
        hint="Two meetings on one day need two names. For example: Working group on parks",
        max_length=80,
    )
    held_on = DayField("Day")
    starts = TimeField("From", hint="For example, 7pm or 19:00.", required="Enter when it begins")
    ends = TimeField("To", required="Enter when it ends")
    place = TextField("Where", hint="With its street. For example: Sale Waterside, 1 Waterside Plaza", max_length=160)
    access = TextArea(
        "How to get in",
        hint="The door, steps or a lift, the bus that stops there, whom to ask.",
        rows=3,
        max_words=80,
        required=False,
    )

    @staticmethod
    def data_of(meeting: Meeting) -> dict[str, object]:
        """What the form shows of a meeting."""
        starts, ends = meeting.starts_at.astimezone(UK), meeting.ends_at.astimezone(UK)
        shown = {"seen": str(meeting.version), "held_on": starts.date(), "starts": starts.time(), "ends": ends.time()}
        return shown | {"title": meeting.title, "place": meeting.place, "access": meeting.access}

    def validate(self, extra_validators: object = None) -> bool:
        """The hours are in order."""
        if super().validate(extra_validators) and self.ends.given <= self.starts.given:
            self.refuse("The end must come after the beginning", "ends")
        return not self.errors

    def said(self) -> SaidOfMeeting:
        """What was said, in a form that is valid."""
        day = self.held_on.given
        hours = (uk_moment(day, self.starts.given), uk_moment(day, self.ends.given))
        return SaidOfMeeting(self.title.data, *hours, self.place.data, self.access.data.strip())


class ItemForm(SeenForm):
    """An item of an agenda."""

    title = TextField("Item", hint="In a few words. For example: Lights on the canal path", max_length=120)
    words = TextArea(
        "What it is about",
        hint="What is asked of the meeting, so that residents can ask about it before.",
        rows=5,
        max_words=200,
        required=False,
    )
    who = TextField("Who brings it", max_length=100, required=False)
    minutes = IntegerField("Minutes", least=1, most=240, required=False)

    @staticmethod
    def data_of(item: MeetingItem) -> dict[str, object]:
        """What the form shows of an item."""
        said = {name: getattr(item, name) for name in ("title", "words", "who", "minutes")}
        return {"seen": str(item.version), **said}

    def said(self) -> SaidOfItem:
        """What was said, in a form that is valid."""
        return SaidOfItem(self.title.data, self.words.data.strip(), self.who.data, self.minutes.data)


class MeetingOffForm(SeenForm):
    """Why a meeting does not take place."""

    why = TextArea(
        "Why is it off?",
        hint="Everybody reads this on the meeting’s page.",
        rows=3,
        max_length=400,
        required="Say why it is off",
    )
