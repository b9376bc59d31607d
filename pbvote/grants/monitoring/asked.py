"""Which groups a board is asked for, and in which order. All of it stands in the address."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from pbvote.fields import ChoiceField, Form, TextField
from pbvote.grants.monitoring.figures import Figure
from pbvote.grants.visits.colour import Colour
from pbvote.grants.visits.service import FundedGroup
from pbvote.people.models import Account

_LAST = "9999-12-31"
_SEVERITY = {Colour.RED: 0, Colour.AMBER: 1, Colour.GREEN: 2}


def _due(funded: FundedGroup) -> str:
    return funded.due_on.isoformat() if funded.due_on else _LAST


ORDERS: Mapping[str, tuple[str, Callable[[FundedGroup], Any]]] = {
    "urgent": ("Most urgent first", lambda funded: (_SEVERITY[funded.doing.colour], _due(funded), funded.award.id)),
    "due": ("Next visit first", lambda funded: (_due(funded), funded.award.id)),
    "group": ("Group", lambda funded: (funded.award.bid.called.casefold(), funded.award.id)),
    "largest": ("Largest award first", lambda funded: (-funded.award.award_pence, funded.award.id)),
}


class BoardForm(Form):
    """What a board is asked for. A value that is none of its choices asks for nothing."""

    class Meta:
        """It changes nothing, so it carries no token into the address."""

        csrf = False

    words = TextField("Group or project", autocomplete="off", width=10, is_conditional=True)
    locality = ChoiceField("Locality", is_folded=True, is_conditional=True)
    event = ChoiceField("Event", is_folded=True, is_conditional=True)
    mentor = ChoiceField("Mentor", is_folded=True, is_conditional=True)
    colour = ChoiceField(
        "Doing",
        choices=[("", "All"), *((colour.value, colour.name.capitalize()) for colour in Colour)],
        is_folded=True,
        is_conditional=True,
    )
    which = ChoiceField("Only those", is_folded=True, is_conditional=True)
    order = ChoiceField(
        "Sort by",
        choices=[(key, words) for key, (words, _) in ORDERS.items()],
        is_folded=True,
        is_conditional=True,
    )

    @classmethod
    def asked(
        cls, args: "MultiDict[str, str]", groups: Sequence[FundedGroup], figures: Sequence[Figure]
    ) -> "BoardForm":
        """The form as the address fills it in, its choices taken from these groups."""
        form = cls(args)
        events = [funded.award.event for funded in groups]
        mentors: list[Account] = [funded.mentor.account for funded in groups if funded.mentor]
        form.locality.choices = _all({event.share.locality.slug: event.share.locality.name for event in events})
        form.event.choices = _all({event.slug: f"{event.name}, {event.share.round.name}" for event in events})
        form.mentor.choices = _all({str(mentor.id): mentor.name for mentor in mentors})
        which = {figure.query["which"]: figure.label for figure in figures if "which" in figure.query}
        form.which.choices = [("", "All"), *which.items()]
        for field in (form.locality, form.event, form.mentor, form.colour, form.which, form.order):
            if field.data not in field.values:
                field.data = field.values[0]
        return form

    def within_locality(self) -> None:
        """Of one locality's board: there is nothing to choose."""
        del self.locality

    @property
    def is_narrow(self) -> bool:
        """Whether groups are left out."""
        return any(field.data for field in self if field.name != "order")

    def of(self, groups: Iterable[FundedGroup], figures: Sequence[Figure]) -> list[FundedGroup]:
        """The groups that are asked for, in their order."""
        counted = next((each for each in figures if each.query.get("which") == self.which.data), None)
        asked = counted if self.which.data else None
        shown = (each for each in groups if self._shows(each) and (asked is None or asked.counts(each)))
        return sorted(shown, key=ORDERS[self.order.data][1])

    def _shows(self, funded: FundedGroup) -> bool:
        event, bid, mentor = funded.award.event, funded.award.bid, funded.mentor
        wanted = (
            (self.locality.data if self.locality else "", event.share.locality.slug),
            (self.event.data, event.slug),
            (self.mentor.data, str(mentor.account_id) if mentor else ""),
            (self.colour.data, funded.doing.colour.value),
        )
        if any(asked and asked != has for asked, has in wanted):
            return False
        told = f"{bid.called} {bid.title} {bid.reference}".casefold()
        return all(word in told for word in (self.words.data or "").casefold().split())


def _all(choices: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("", "All"), *sorted(choices.items(), key=lambda choice: choice[1].casefold())]
