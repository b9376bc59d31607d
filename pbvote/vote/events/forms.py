"""Forms for an event and its running order."""

import datetime as dt
from collections.abc import Sequence

from pbvote.call.rounds.models import Share
from pbvote.call.rounds.timetable import DaysContradict, require_days_in_order
from pbvote.core.clock import UK, uk_moment
from pbvote.fields import DayField, Form, IntegerField, TextArea, TextField, TimeField
from pbvote.vote.events.models import Event, Slot

MOST_DAYS = 31


class EventForm(Form):
    """Where and when the residents of a locality decide."""

    name = TextField("Name of the event", hint="For example, Sale decides", max_length=80, required="Enter a name")
    place = TextField("Place", hint="The hall and its address", max_length=200, required="Enter the place")
    held_on = DayField("Day", required="Enter the day of the event")
    starts = TimeField("Starts at", hint="For example, 1:30pm", required="Enter when it starts")
    ends = TimeField("Ends at", hint="For example, 4pm", required="Enter when it ends")
    ends_on = DayField(
        "Last day",
        hint="Only where residents vote over several days. The end above is then on this day.",
        required=False,
    )
    access = TextArea(
        "Getting in",
        hint="For example, step-free from the car park, a lift, a hearing loop. Everybody reads it.",
        rows=2,
        max_words=60,
        required=False,
    )

    def validate(self, extra_validators: object = None) -> bool:
        """It ends after it starts, and within so many days that somebody still watches the poll."""
        if not super().validate(extra_validators):
            return False
        last = self.ends_on.data or self.held_on.given
        if last < self.held_on.given:
            self.refuse("The last day can’t be before the first", "ends_on")
        elif last > self.held_on.given + dt.timedelta(days=MOST_DAYS):
            self.refuse(f"Voting can last {MOST_DAYS} days at most", "ends_on")
        elif self.ends_at <= self.starts_at:
            self.refuse("The event must end after it starts", "ends")
        return not self.errors

    def goes_with(self, share: Share) -> bool:
        """Whether bids of the locality end before its day, where that is still to come."""
        try:
            require_days_in_order(share, self.starts_at, share.bids_close_on)
        except DaysContradict as refusal:
            self.refuse(str(refusal), "held_on")
        return not self.errors

    @property
    def starts_at(self) -> dt.datetime:
        """When it starts, in UTC."""
        return uk_moment(self.held_on.given, self.starts.given)

    @property
    def ends_at(self) -> dt.datetime:
        """When it ends, in UTC."""
        return uk_moment(self.ends_on.data or self.held_on.given, self.ends.given)

    def fill(self, event: Event) -> None:
        """Write what the form says into the event."""
        before = event.calendar_facts
        event.name, event.place = self.name.data, self.place.data
        event.starts_at, event.ends_at = self.starts_at, self.ends_at
        event.access = self.access.data
        event.note_move(before)

    @classmethod
    def showing(cls, event: Event) -> "EventForm":
        """The form filled in with the event as it is."""
        starts, ends = event.starts_at.astimezone(UK), event.ends_at.astimezone(UK)
        return cls(
            data={
                "name": event.name,
                "place": event.place,
                "held_on": starts.date(),
                "starts": starts.time(),
                "ends": ends.time(),
                "access": event.access,
                "ends_on": ends.date() if event.lasts_days else None,
            }
        )


def order_form(slots: Sequence[Slot]) -> Form:
    """One number for each bid: its place in the running order."""
    fields = {
        f"bid_{slot.bid_id}": IntegerField(
            f"{slot.bid.reference} {slot.bid.title}", least=1, most=len(slots), width=3, required="Enter its place"
        )
        for slot in slots
    }
    return Form.with_fields(**fields)(data={f"bid_{slot.bid_id}": slot.number for slot in slots})


def order_of(form: Form, slots: Sequence[Slot]) -> list[int] | None:
    """The ids of the bids in the order that the form says; None, with errors set, where two have the same place."""
    places: dict[int, int] = {}
    for slot in slots:
        field = form[f"bid_{slot.bid_id}"]
        if field.data in places:
            field.errors = [f"Place {field.data} is given twice"]
            return None
        places[field.data] = slot.bid_id
    return [places[place] for place in sorted(places)]
