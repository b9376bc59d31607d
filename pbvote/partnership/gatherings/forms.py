"""What editors say of a gathering, and groups when they sign up."""

import datetime as dt
from collections.abc import Sequence

from pbvote.core.clock import UK, uk_moment
from pbvote.fields import DayField, Form, IntegerField, ManyField, TextArea, TextField, TickField, TimeField
from pbvote.grants.visits.models import NEEDS
from pbvote.localities.models import Locality
from pbvote.partnership.gatherings.models import MOST_PLACES, Gathering, SignUp
from pbvote.partnership.gatherings.service import SaidOfGathering
from pbvote.partnership.gatherings.signing_up import SaidOfSignUp
from pbvote.partnership.seen import SeenForm


class GatheringForm(SeenForm):
    """A gathering: what for, when, where, for how many."""

    title = TextField(
        "Name of the gathering", hint="For example: Association of associations", max_length=80, is_for_everybody=True
    )
    purpose = TextArea(
        "What is it for?",
        hint="What happens, and what a group takes home from it.",
        rows=4,
        max_length=800,
        required="Say what it is for",
        is_for_everybody=True,
    )
    day = DayField("Day")
    begins = TimeField("It begins at", hint="For example 6pm or 18:00, by the clocks of the United Kingdom.")
    ends = TimeField("It ends at")
    venue = TextField(
        "Where?", hint="Name and street of the hall.", max_length=160, required="Say where it is", is_for_everybody=True
    )
    places = IntegerField("Places", hint="How many people the room holds.", least=1, most=MOST_PLACES)
    most_a_group = IntegerField("Most people of one group", least=1, most=MOST_PLACES)
    sign_up_until = DayField("Last day to sign up")
    others = ManyField("It is also for groups from", required=False)

    def offer(self, host: Locality, localities: Sequence[Locality]) -> "GatheringForm":
        """Offer the localities beside its host."""
        self.offered = {str(each.id): each for each in localities if each.id != host.id}
        self.others.choices = [(id_, each.name) for id_, each in self.offered.items()]
        return self

    @staticmethod
    def data_of(gathering: Gathering) -> dict[str, object]:
        """What the form shows of a gathering."""
        starts, ends = gathering.starts_at.astimezone(UK), gathering.ends_at.astimezone(UK)
        same = ("title", "purpose", "venue", "places", "most_a_group", "sign_up_until")
        return {
            "seen": str(gathering.version),
            "day": starts.date(),
            "begins": starts.time(),
            "ends": ends.time(),
            "others": [each.id for each in gathering.localities if each.id != gathering.locality_id],
            **{name: getattr(gathering, name) for name in same},
        }

    def validate(self, extra_validators: object = None) -> bool:
        """The times are in order."""
        if super().validate(extra_validators):
            if self._moment(self.begins) >= self._moment(self.ends):
                self.refuse("It must end after it begins", "ends")
            if self.sign_up_until.given > self.day.given:
                self.refuse("The last day to sign up must not come after the day itself", "sign_up_until")
            if self.most_a_group.given > self.places.given:
                self.refuse("One group can’t bring more people than there are places", "most_a_group")
        return not self.errors

    def _moment(self, time: TimeField) -> dt.datetime:
        return uk_moment(self.day.given, time.given)

    def said(self) -> SaidOfGathering:
        """What was said, in a form that is valid."""
        return SaidOfGathering(
            title=self.title.data,
            purpose=self.purpose.data,
            venue=self.venue.data,
            starts_at=self._moment(self.begins),
            ends_at=self._moment(self.ends),
            places=self.places.given,
            most_a_group=self.most_a_group.given,
            sign_up_until=self.sign_up_until.given,
            others=[self.offered[id_] for id_ in self.others.data],
        )


class OffForm(Form):
    """Why a gathering does not take place."""

    reason = TextArea(
        "Why does it not take place?",
        hint="Everybody who signed up reads this, and it stands on the gathering’s page.",
        rows=3,
        max_length=400,
        required="Say why it does not take place",
        is_for_everybody=True,
    )


class SignUpForm(Form):
    """A group signs up."""

    people = IntegerField("How many of you come?", noun="The number of people", least=1)
    gives = TextArea(
        "What can your group give to others?",
        hint="For example: a gazebo on weekdays, or an hour with our bookkeeper.",
        rows=2,
        max_length=200,
        required=False,
        is_for_everybody=True,
    )
    needs = ManyField("What could your group use?", choices=NEEDS.items(), required=False)
    needs_words = TextArea("What exactly?", rows=2, max_length=200, required=False, is_for_everybody=True)
    shows_name = TickField("Our group’s name may stand on the gathering’s page")
    access_needs = TextArea(
        "Does anybody need something to take part?",
        hint="For example: a seat near the door, or sign language. Only who keeps the gathering reads this. "
        "It is deleted a week after.",
        rows=2,
        max_length=300,
        required=False,
    )

    @classmethod
    def of(cls, gathering: Gathering, own: SignUp | None) -> "SignUpForm":
        """The form with what the group said before."""
        names = ("people", "gives", "needs", "needs_words", "shows_name", "access_needs")
        form = cls(data={name: getattr(own, name) for name in names} if own else {})
        form.people.most = gathering.most_a_group
        return form

    def said(self) -> SaidOfSignUp:
        """What was said, in a form that is valid."""
        return SaidOfSignUp(
            people=self.people.given,
            gives=self.gives.data,
            needs=self.needs.data,
            needs_words=self.needs_words.data,
            access_needs=self.access_needs.data,
            shows_name=self.shows_name.data,
        )


class WalkInForm(Form):
    """A group that comes without having signed up."""

    name = TextField("Name of the group", max_length=100)
    came = IntegerField("How many people?", noun="The number of people", least=1, most=MOST_PLACES)
