"""The check-in."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import HiddenField

from pbvote.core.clock import today
from pbvote.fields import ChoiceField, DayField, FileField, Form, ManyField, TextArea, TickField
from pbvote.filters import day
from pbvote.grants.promises.models import Promise
from pbvote.grants.promises.ticking import ASKED, choices_of, kept_ids, offer
from pbvote.grants.visits.gathering import OtherGroup
from pbvote.grants.visits.models import MOST_PHOTOS, NEEDS, CheckIn, ContactMethod, Status
from pbvote.grants.visits.photos import NotAgreed, TooManyPhotos
from pbvote.grants.visits.typed import NewCheckIn

CONTACT_METHODS = {ContactMethod.VISIT: "Visit", ContactMethod.CALL: "Phone call", ContactMethod.MESSAGE: "Message"}
STANDINGS = {
    Status.GOING_WELL: "Going well",
    Status.COULD_USE_HELP: "Could use help",
    Status.WORRIED: "I’m worried",
    Status.NOT_REACHED: "I tried and could not reach them",
}
KEEP, NO_MORE = "keep", "none"
_WEEKS = {"2": 2, "6": 6}
NEXT_VISITS = [("2", "In 2 weeks"), ("6", "In 6 weeks"), (NO_MORE, "No more visits needed")]
GROUP_READS = "The group sees this, a day after you save it. Until then you can correct it."
NOT_FOR_THE_GROUP = "Anything that the group should not see?"
OFFICER_READS = "Only the partnership officer sees this, and auditors. The group does not."


_BESIDE_THE_WORDS = frozenset({"csrf_token", "photos", "agreed", "photos_too"})


class PhotosField(FileField):
    """A few photos at once; `files` are those that came."""

    files: Sequence[FileStorage] = ()

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.files = [each for each in valuelist if isinstance(each, FileStorage) and each.filename]


class CheckInForm(Form):
    """What a member saw. Today and "visit" are filled in.

    The fields stand in the order of the page, and so do its refusals.
    A phone may have kept its page, and what was typed into it, for weeks. So a name keeps its meaning for good, a
    new field may stay blank, and what else a form sends is passed over. `tests/grants/kept_forms.py` holds forms of
    earlier builds.
    """

    form_key = HiddenField()
    standing = ChoiceField(
        "How is the group doing?",
        choices=[(standing.value, words) for standing, words in STANDINGS.items()],
        required="Say how the group is doing",
    )
    words = TextArea("A few words", hint=GROUP_READS, rows=4, max_words=200, required=False)
    photos = PhotosField(
        "Photos",
        hint=f"Up to {MOST_PHOTOS}. The group sees them with your words. We keep no place or date of your camera.",
        # One at a time: three from a camera pass the size of a form, and its words with them. The page's script sends
        # each by itself, and lets several be chosen.
        look={"attributes": {"accept": "image/*,.heic,.heif"}},
        required=False,
    )
    agreed = TickField("Everybody in the photos agrees, and the parents of children")
    photos_too = TickField("The other groups that I tick get the photos, too")
    concern = TextArea(NOT_FOR_THE_GROUP, hint=OFFICER_READS, rows=3, max_words=200, required=False)
    kept = ManyField(ASKED, hint="Tick what you saw or heard.", required=False)
    next_visit = ChoiceField(
        "Next visit", hint="If you choose nothing, the plan stays as it is.", choices=NEXT_VISITS, is_conditional=True
    )
    needs = ManyField("What could they use?", choices=list(NEEDS.items()), required=False)
    met_on = DayField("Which day was it?", required="Enter the day")
    contact_method = ChoiceField(
        "How?",
        choices=[(method.value, words) for method, words in CONTACT_METHODS.items()],
        required="Choose how",
    )
    others = ManyField(
        "Were other groups of yours there?",
        hint="Each group that you tick gets a check-in with the same words.",
        required=False,
    )
    others_kept = ManyField(
        "What has happened of what they promised?",
        hint="A group whose promise you tick was there, too.",
        required=False,
    )
    next_on = DayField("Or on another day", is_conditional=True)
    saved_on: dt.date | None = None
    """The day on which it was written, where a phone kept it; None where it was sent at once."""
    promised_by: Mapping[str, int] = {}
    """The awards of the other groups' promises."""

    @classmethod
    def fresh(cls) -> "CheckInForm":
        """A form to fill in. Its key lets a second sending be known."""
        return cls(data={"form_key": secrets.token_hex(8), "met_on": today(), "contact_method": ContactMethod.VISIT})

    def for_visit(self, due_on: dt.date | None) -> "CheckInForm":
        """Let the member keep the visit that is planned, where it is still to come."""
        if due_on and due_on >= today():
            self.next_visit.choices = [*NEXT_VISITS[:2], (KEEP, f"Keep {day(due_on)}"), *NEXT_VISITS[2:]]
        elif self.next_visit.data == KEEP:
            self.next_visit.data = ""  # the plan has changed since the page was opened, and stays as it is now
        return self

    def at_gathering(self, others: Sequence[OtherGroup]) -> "CheckInForm":
        """Let the member tick who else was there, what has happened of what they promised, and who gets the photos."""
        self.others.choices = [(str(other.award_id), other.called) for other in others]
        self.promised_by = {str(promise.id): other.award_id for other in others for promise in other.promises}
        offer(self.others_kept, [each for other in others for each in choices_of(other.promises, other.called)])
        if not self.promised_by:
            del self.others_kept
        if not others:
            del self.others, self.photos_too
        return self

    def with_promises(self, promises: Sequence[Promise]) -> "CheckInForm":
        """Let the member tick which of these have happened; one that somebody has ticked meanwhile is left out."""
        offer(self.kept, choices_of(promises))
        if not promises:
            del self.kept
        return self

    def unplanned(self) -> "CheckInForm":
        """The same for a member whose time with the group is over: the next visit is not theirs to plan."""
        del self.next_visit, self.next_on
        return self

    @property
    def is_usual(self) -> bool:
        """Whether it tells of a visit today, with nothing else said: then the page folds the boxes of the rest."""
        is_today = self.met_on.data == today() and self.contact_method.data == ContactMethod.VISIT
        next_on = self.next_on.data or self.next_on.errors if self.next_on else None
        folded = (self.needs, self.met_on, self.contact_method, self.others)
        is_wrong = any(field.errors for field in folded if field)
        return is_today and not (self.needs.data or self.other_ids or next_on or is_wrong)

    @property
    def other_ids(self) -> list[int]:
        """The awards of the other groups that were ticked, or one of whose promises was; of those that can be."""
        ticked = [int(chosen) for chosen in self.others.data if chosen in self.others.values] if self.others else []
        kept = [self.promised_by[promise_id] for promise_id in (self.others_kept.data if self.others_kept else ())]
        return list(dict.fromkeys([*ticked, *kept]))

    @property
    def shares_photos(self) -> bool:
        """Whether the other groups get the photos, too."""
        return bool(self.photos_too and self.photos_too.data)

    def validate(self, extra_validators: object = None) -> bool:
        """It was not in the future, and the next visit comes after it."""
        if not super().validate(extra_validators):
            return False
        met_on, next_on = self.met_on.data, self.next_on.data if self.next_on else None
        if met_on and met_on > today():
            self.refuse("The day can’t be in the future", "met_on")
        if next_on and next_on < self._written_on():
            self.refuse("The next visit must be today or later", "next_on")
        if next_on and self.next_visit.data:
            self.refuse("Choose one answer above, or enter another day, not both", "next_on")
        if self.standing.data == Status.WORRIED and not (self.words.data or self.concern.data):
            self.refuse("Say what worries you, here or in the box below", "words")
        if self.photos.files and not self.agreed.data:
            self.refuse(str(NotAgreed()), "agreed")
        if len(self.photos.files) > MOST_PHOTOS:
            self.refuse(str(TooManyPhotos()), "photos")
        if self.standing.data == Status.WORRIED and self.other_ids:
            self.refuse("A worry is about one group. Untick the others, and log them after this", "others")
        return not self.errors

    def _key(self) -> str:
        """The same for the same form sent twice; another where the member went back and changed a word."""
        said = sorted((name, value) for name, value in self.data.items() if name not in _BESIDE_THE_WORDS)
        return sha256(repr(said).encode()).hexdigest()

    @property
    def check_in(self) -> NewCheckIn:
        """What the form says."""
        return NewCheckIn(
            form_key=self._key(),
            met_on=self.met_on.data or today(),
            contact_method=ContactMethod(self.contact_method.data),
            standing=Status(self.standing.data),
            needs=self.needs.data,
            kept=[*kept_ids(self.kept), *kept_ids(self.others_kept)],
            words=self.words.data,
            concern=self.concern.data,
            next_on=self._next_on(),
            is_last=bool(self.next_visit) and self.next_visit.data == NO_MORE,
        )

    def _next_on(self) -> dt.date | None:
        if not self.next_visit:
            return None
        weeks = _WEEKS.get(self.next_visit.data)
        return self._written_on() + dt.timedelta(weeks=weeks) if weeks else self.next_on.data

    def _written_on(self) -> dt.date:
        """The day from which it looks ahead: today, or the day on which a phone kept it, not before the visit."""
        if not self.saved_on or self.saved_on > today():
            return today()
        return max(self.saved_on, self.met_on.data or self.saved_on)


class CorrectionForm(Form):
    """What a member wrote a moment ago, to say it better."""

    words = TextArea("A few words", hint=GROUP_READS, rows=4, max_words=200, required=False)
    concern = TextArea(NOT_FOR_THE_GROUP, hint=OFFICER_READS, rows=3, max_words=200, required=False)
    kept = ManyField("What has happened", hint="Untick what has not happened after all.", required=False)

    @classmethod
    def of(cls, check_in: CheckIn, promises: Sequence[Promise]) -> "CorrectionForm":
        """The form with what the check-in says, and with the promises that it ticked or could tick."""
        ticked = [promise.id for promise in promises if promise.check_in_id == check_in.id]
        form = cls(data={"words": check_in.words, "concern": check_in.concern, "kept": ticked})
        offer(form.kept, choices_of(promises))
        if not promises:
            del form.kept
        return form


class WorryAnswerForm(Form):
    """What an officer answers a worried member."""

    answer = TextArea(
        "Your answer",
        hint="A sentence will do. The member reads it: “I rang them on Tuesday. The treasurer is back in May.”",
        rows=3,
        max_words=100,
        required="Write the answer",
    )


class OfficerForm(Form):
    """Who sees to a worry from now on."""

    officer = ChoiceField("Give it to", is_folded=True, required="Choose an officer")
