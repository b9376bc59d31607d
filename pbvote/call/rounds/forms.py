"""Forms for setting a round up."""

from collections.abc import Iterable
from typing import Any

from pbvote.call.rounds.models import EventFormat, Round, Share
from pbvote.fields import (
    ChoiceField,
    DayField,
    Form,
    IntegerField,
    MoneyField,
    TextArea,
    TextField,
    TickField,
)
from pbvote.localities.models import Locality


def lines_of(text: str | None) -> list[str]:
    """The lines of a typed text that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _first_day() -> DayField:
    return DayField("First day for bids", required="Enter the first day for bids")


def _last_day() -> DayField:
    return DayField("Last day for bids", required="Enter the last day for bids")


class DatesInOrder(Form):
    """A first and a last day for bids."""

    bids_open_on = _first_day()
    bids_close_on = _last_day()

    def validate(self, extra_validators: object = None) -> bool:
        """The last day can't come before the first."""
        is_valid = super().validate(extra_validators)
        first, last = self.bids_open_on.data, self.bids_close_on.data
        if first and last and last < first:
            self.refuse("The last day for bids must be the first day or later", "bids_close_on")
            return False
        return is_valid


class RoundForm(DatesInOrder):
    """A new round. Its days stand last: a form's fields come in the order in which they were made."""

    name = TextField(
        "Name of the round",
        hint="For example, Voluntary Sector Grants 2014",
        required="Enter a name",
        max_length=100,
    )
    pot_pence = MoneyField(
        "The pot",
        hint="The money of all localities together, for example 120,000",
        least=1,
        required="Enter the pot",
    )
    bids_open_on = _first_day()
    bids_close_on = _last_day()


def shares_form(localities: Iterable[Locality], round_: Round) -> Form:
    """One amount for each locality; left empty, the locality takes no part."""
    present = {share.locality_id: share.share_pence for share in round_.shares}
    fields = {
        f"locality_{locality.id}": MoneyField(
            locality.name,
            currency=round_.currency,
            least=1,
            required=False,
        )
        for locality in localities
    }
    return Form.with_fields(**fields)(data={f"locality_{key}": pence for key, pence in present.items()})


def amounts_of(form: Form, localities: Iterable[Locality]) -> dict[int, int]:
    """What the shares form says: pence by locality id, without the empty ones."""
    said = {locality.id: form[f"locality_{locality.id}"].data for locality in localities}
    return {key: pence for key, pence in said.items() if pence is not None}


FORMATS = {
    EventFormat.PITCHES: ("Pitches, one after another", "Everybody hears every group. Suits up to about 20 bids."),
    EventFormat.STALLS: ("Stalls to walk round", "Residents come and go. Suits many bids and a big room."),
    EventFormat.DAYS: (
        "No meeting: residents vote over several days",
        "They read the bids, and get a slip from a library or a centre. Suits small grants.",
    ),
    EventFormat.MEMBERS: (
        "No vote: the members of the partnership choose",
        "Openly, on their phones, with their interests declared. Suits small grants.",
    ),
}
"""How groups meet residents, in words and with what speaks for it."""

USUAL_PITCH_MINUTES = 3
USUAL_QUORUM = 3


def _pitch_minutes() -> IntegerField:
    return IntegerField(
        "Minutes for each pitch",
        hint="Only where groups pitch one after another",
        width=3,
        least=1,
        most=60,
        is_conditional=True,
    )


class PitchForm(Form):
    """What can still change once slips are printed: nobody votes by it."""

    pitch_minutes = _pitch_minutes()

    def validate(self, extra_validators: object = None) -> bool:
        """Blank says nothing here."""
        is_valid = super().validate(extra_validators)
        if is_valid and not self.pitch_minutes.data:
            self.refuse("Enter how many minutes each group may speak", "pitch_minutes")
        return is_valid and bool(self.pitch_minutes.data)

    goes_everywhere = False

    @property
    def settings(self) -> dict[str, Any]:
        """What the form says, by the names of the share's columns."""
        return {"pitch_minutes": self.pitch_minutes.data}

    def fits(self, share: Share) -> bool:  # noqa: ARG002 - as the whole form is asked
        """Whatever length of a pitch fits; that all pitches fit into the event is for the organiser to see."""
        return True


class CopyForm(Form):
    """The name of a round that begins as a copy."""

    name = TextField("Name of the new round", required="Enter a name", max_length=100)


class ShareForm(DatesInOrder):
    """What a locality settles for itself in a round."""

    cap_pence = MoneyField(
        "The most that one bid may ask",
        least=1,
        required="Enter the most that a bid may ask",
    )
    minimum_age = IntegerField(
        "Youngest age to vote",
        hint="0 for everybody",
        width=3,
        least=0,
        most=120,
        required="Enter an age, or 0",
    )
    who_may_vote = TextField(
        "Who may vote",
        hint="For example, people who live, work, volunteer or study in Sale",
        required=False,
    )
    format = ChoiceField(
        "How groups meet residents",
        choices=[(format_.value, words) for format_, (words, _) in FORMATS.items()],
        hints={format_.value: hint for format_, (_, hint) in FORMATS.items()},
        required="Choose pitches, stalls, several days or the members",
    )
    pitch_minutes = _pitch_minutes()
    quorum = IntegerField(
        "Members who must have chosen",
        hint="Only where the members of the partnership choose. With fewer, nothing is decided.",
        width=3,
        least=1,
        most=50,
        is_conditional=True,
    )
    everywhere = TickField(
        "Use the same for every locality of this round whose slips are not printed",
        hint="The name of the locality in “Who may vote” is changed for each. A limit stays within each share.",
    )

    @property
    def settings(self) -> dict[str, Any]:
        """What the form says, by the names of the share's columns."""
        said = {name: value for name, value in self.data.items() if name not in {"csrf_token", "everywhere"}}
        said["pitch_minutes"] = said["pitch_minutes"] or USUAL_PITCH_MINUTES
        said["quorum"] = said["quorum"] or USUAL_QUORUM
        return said | {"format": EventFormat(self.format.data)}

    @property
    def goes_everywhere(self) -> bool:
        """Whether the other localities of the round are to have the same."""
        return self.everywhere.data

    def fits(self, share: Share) -> bool:
        """One bid can't ask for more than the whole share."""
        if self.cap_pence.data is not None and self.cap_pence.data > share.share_pence:
            self.refuse("The most that one bid may ask can’t be over the locality’s share", "cap_pence")
            return False
        return True


PRIORITIES = (
    "One on each line, the most important first. The locality plan follows them. Actions and groups under one that you "
    "take out stay, and stand under none."
)


class LocalityForm(Form):
    """A locality's name, wards and priorities."""

    name = TextField("Name of the locality", required="Enter a name", max_length=100)
    wards = TextArea(
        "Wards",
        hint="One on each line. Its code, like E05000825, may stand behind the name: open data tells it.",
        rows=6,
        required=False,
    )
    priorities = TextArea("Priorities", hint=PRIORITIES, rows=5, required=False)

    @property
    def ward_names(self) -> list[str]:
        """The wards, one a line."""
        return lines_of(self.wards.data)

    @property
    def priority_texts(self) -> list[str]:
        """The priorities, one a line."""
        return lines_of(self.priorities.data)
