"""How an event's day goes, and what residents ask for beforehand."""

import datetime as dt
from typing import Any

from flask_babel import gettext

from pbvote.call.rounds.models import EventFormat
from pbvote.config import LANGUAGES
from pbvote.core.clock import UK
from pbvote.fields import ChoiceField, Form, IntegerField, ManyField, TextArea, TextField, TimeField
from pbvote.vote.day.planning import locked_in
from pbvote.vote.events.day import AccessNeed, AnnouncementOrder, DoorList, Latecomers
from pbvote.vote.events.models import Event
from pbvote.vote.events.times import times_of
from pbvote.vote.events.words import need_in_words
from pbvote.vote.programme.forms import LANGUAGE_NAMES

MOST_MINUTES_BEFORE = 240
SHORTEST_NUMBER = 6
"""Digits that a telephone number has at least."""
_BY_THE_HOUR = (
    "doors",
    *(f"{part}_minutes" for part in ("welcome", "question", "changeover", "vote", "last_call", "count")),
)
"""What is settled only where everything happens in one day."""
_BY_TURNS = ("latecomers", "question_minutes", "changeover_minutes")
"""What is settled only where one group speaks after another. Elsewhere a slip can be had until the close."""
_NEEDS = (
    (AccessNeed.STEP_FREE, "A way in without steps"),
    (AccessNeed.HEARING_LOOP, "A hearing loop"),
    (AccessNeed.BSL, "A British Sign Language interpreter"),
    (AccessNeed.QUIET_ROOM, "A quiet room"),
    (AccessNeed.LARGE_PRINT, "Large print"),
)


def _minutes(label: str, hint: str = "", most: int = 180) -> IntegerField:
    look = {"suffix": {"text": "minutes"}, "classes": "govuk-input--width-3"}
    return IntegerField(label, hint=hint, least=0, most=most, look=look, required="Enter the minutes, or 0")


class DayForm(Form):
    """Everything that is settled about the day itself."""

    doors = TimeField("Doors open at", hint="People get their slips from then on.", required="Enter when doors open")
    welcome_minutes = _minutes("Welcome", "From the start to the first group.")
    question_minutes = _minutes("Questions to each group", "After it has spoken. 0 for none.", most=60)
    changeover_minutes = _minutes("Between two groups", most=60)
    vote_minutes = _minutes(
        "To vote", "From the last group to the close. The screen counts down to the last call.", most=720
    )
    last_call_minutes = _minutes("Last call", "So long before the close, the compere asks for the last votes.", most=60)
    count_minutes = _minutes("To count", "From the close to the result. Paper ballots are typed in by then.")
    hall_metres = IntegerField(
        "Length of the hall",
        hint="From the screen to the last row. The screen’s letters are as large as the last row needs.",
        least=3,
        most=60,
        look={"suffix": {"text": "metres"}, "classes": "govuk-input--width-3"},
        required="Enter the length of the hall",
    )
    announcement = ChoiceField(
        "The result is announced",
        choices=[
            (AnnouncementOrder.BOTTOM_UP, "The last first, so that the winner comes at the end"),
            (AnnouncementOrder.TOP_DOWN, "The winners first"),
            (AnnouncementOrder.AS_ON_THE_BALLOT, "In the order of the ballot"),
        ],
        required="Choose the order of the announcement",
    )
    latecomers = ChoiceField(
        "Whoever comes late gets a slip",
        hint="The rule is printed on posters and signs, so that no steward has to decide.",
        choices=[
            (Latecomers.UNTIL_THE_CLOSE, "Until voting closes"),
            (Latecomers.UNTIL_THE_FIRST_PITCH, "Until the first group speaks"),
            (Latecomers.UNTIL_THE_LAST_PITCH, "Until the last group has spoken"),
        ],
        required="Choose the rule for latecomers",
    )
    door_list = ChoiceField(
        "At the door, stewards keep",
        choices=[
            (DoorList.COUNTER, "A counter"),
            (DoorList.NAMES, "A list of names"),
            (DoorList.AGES, "A list of names, each with an age band"),
        ],
        hints={
            DoorList.NAMES: "Names are kept apart from slips. Nobody can tell who got which.",
            DoorList.AGES: "Nobody has to say their age. You read only how many came of each band.",
        },
        required="Choose what stewards keep",
    )
    languages = ManyField(
        "Languages of the slips and the day’s papers, beside English",
        hint="Phones speak all of them in any case.",
        choices=[(language, LANGUAGE_NAMES[language]) for language in LANGUAGES if language in LANGUAGE_NAMES],
        required=False,
    )
    venue_has = ManyField(
        "The hall has", hint="Residents read it, and ask for what is missing.", choices=_NEEDS, required=False
    )
    help_phone = TextField(
        "Whom to ring when something fails",
        hint="A name and a telephone number, for the sheets that stewards hold. It is never on a public page.",
        max_length=80,
        required=False,
    )

    @classmethod
    def for_event(cls, event: Event, *, is_shown: bool = False) -> "DayForm":
        """The form without what is fixed or has no meaning here; with `is_shown`, filled in with the plan as it is."""
        form = cls(data=_shown(event)) if is_shown else cls()
        hours = () if times_of(event) else _BY_THE_HOUR
        turns = () if event.share.format is EventFormat.PITCHES else _BY_TURNS
        for name in {*locked_in(event), *hours, *turns}:
            delattr(form, name)
        form.starts_at = event.starts_at
        return form

    starts_at: dt.datetime

    def validate(self, extra_validators: object = None) -> bool:
        """Doors open before the start, and on the same day."""
        is_valid = super().validate(extra_validators)
        if is_valid and "doors" in self and not 0 <= self._doors_minutes <= MOST_MINUTES_BEFORE:
            self.refuse("Doors must open at the start, or up to 4 hours before it", "doors")
        return not self.errors

    @property
    def _doors_minutes(self) -> int:
        starts = self.starts_at.astimezone(UK)
        given = self.doors.given
        return (starts.hour - given.hour) * 60 + starts.minute - given.minute

    @property
    def settled(self) -> dict[str, Any]:
        """The fields of the plan that the form sets, in their types."""
        found: dict[str, Any] = {
            field.short_name: field.data for field in self.page_fields() if field.short_name != "doors"
        }
        if "doors" in self:
            found["doors_minutes"] = self._doors_minutes
        for name, kind in (("announcement", AnnouncementOrder), ("latecomers", Latecomers), ("door_list", DoorList)):
            if name in found:
                found[name] = kind(found[name])
        if "languages" in found:
            found["languages"] = ("en", *found["languages"])
        return found | {"venue_has": tuple(AccessNeed(need) for need in self.venue_has.data)}


def _shown(event: Event) -> dict[str, Any]:
    plan = event.day
    doors = event.starts_at - dt.timedelta(minutes=plan.doors_minutes)
    return plan.to_dict() | {"doors": doors.astimezone(UK).time()}


class ContactForm(Form):
    """What a resident says, and how to answer. It sets no cookie.

    A stranger's page could send no more than anybody can.
    """

    class Meta:
        csrf = False

    def validate(self, extra_validators: object = None) -> bool:
        """Somebody can be answered: an e-mail address has an @, and a telephone number so many digits."""
        if super().validate(extra_validators):
            said = self["contact"].data
            if "@" not in said and sum(letter.isdigit() for letter in said) < SHORTEST_NUMBER:
                self.refuse(gettext("Enter an e-mail address or a telephone number"), "contact")
        return not self.errors


def access_form() -> Form:
    """The form for a request, in the language that is spoken."""
    fields = {
        "needs": ManyField(
            gettext("What do you need?"),
            choices=[(need, need_in_words(need)) for need in AccessNeed],
            required=gettext("Choose what you need"),
        ),
        "words": TextArea(
            gettext("Tell us more, if you like"),
            rows=3,
            max_words=100,
            look={"maxwords": None},  # its running count speaks English alone
            is_conditional=True,
        ),
        "name": TextField(gettext("Your name, if you like"), max_length=80, is_conditional=True),
        "contact": TextField(
            gettext("Your e-mail address or telephone number"),
            hint=gettext("We answer you there, and use it for nothing else."),
            max_length=120,
            required=gettext("Enter an e-mail address or a telephone number"),
        ),
    }
    return ContactForm.with_fields(**fields)()
