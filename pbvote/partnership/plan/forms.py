"""A stage of a plan, and which funded group stands under which priority."""

from collections.abc import Mapping, Sequence

from wtforms import HiddenField

from pbvote.core.reading import sent_number
from pbvote.fields import ChoiceField, DayField, Form, TextArea, TextField, TickField
from pbvote.grants.directory.forms import WebsiteField
from pbvote.localities.models import Priority
from pbvote.partnership.meetings.models import MeetingPaper
from pbvote.partnership.plan.filing import FundedInPlan
from pbvote.partnership.plan.models import PlanStage
from pbvote.partnership.plan.stages import SaidOfStage
from pbvote.partnership.seen import SeenForm


class SecureLinkField(WebsiteField):
    """The address of a page that travels sealed."""

    def read(self, text: str) -> str:
        """The address, with https before it where nothing was; raises `ValueError` with a sentence."""
        address = super().read(text)
        if not address.startswith("https://"):
            raise ValueError("Enter an address that begins with https://, or leave it empty")
        return address


class StageForm(SeenForm):
    """A stage: a heading, what happens, when, and what shows it."""

    heading = TextField(
        "Heading", hint="In a few words. For example: Agree what matters", max_length=80, is_for_everybody=True
    )
    words = TextArea("What happens at this stage?", rows=5, max_words=150, required=False, is_for_everybody=True)
    reached_on = DayField("When did we come to it, or mean to?", required=False)
    is_month = TickField("Show the month alone")
    evidence = TextArea(
        "What shows it?",
        hint="For example: 212 residents answered, and four meetings talked about it.",
        rows=3,
        max_words=80,
        required=False,
        is_for_everybody=True,
    )
    link = SecureLinkField(
        "A page that shows it", hint="Its address, which begins with https://", max_length=300, required=False
    )
    paper = ChoiceField("A paper of a meeting that shows it", is_folded=True, required=False)

    def offer(self, papers: Sequence[MeetingPaper]) -> "StageForm":
        """Offer these papers."""
        self.paper.choices = [("", "No paper"), *((str(paper.id), paper.title) for paper in papers)]
        return self

    @staticmethod
    def data_of(stage: PlanStage) -> dict[str, object]:
        """What the form shows of a stage."""
        same = ("heading", "words", "reached_on", "is_month", "evidence", "link")
        said = {name: getattr(stage, name) for name in same}
        return {"seen": str(stage.version), "paper": stage.paper_id, **said}

    def validate(self, extra_validators: object = None) -> bool:
        """A month is one of a day."""
        if super().validate(extra_validators) and self.is_month.data and self.reached_on.data is None:
            self.refuse("Enter the day, or leave “Show the month alone” empty", "reached_on")
        return not self.errors

    def said(self) -> SaidOfStage:
        """What was said, in a form that is valid."""
        return SaidOfStage(
            heading=self.heading.data,
            words=self.words.data.strip(),
            reached_on=self.reached_on.data,
            is_month=self.is_month.data,
            evidence=self.evidence.data.strip(),
            link=self.link.data,
            paper_id=int(self.paper.data) if self.paper.data else None,
        )


class FilingForm(Form):
    """A priority for each funded group, or none; and where each stood when the page was drawn."""

    funded: Sequence[FundedInPlan]

    @classmethod
    def of(
        cls, funded: Sequence[FundedInPlan], priorities: Sequence[Priority], *, is_sent: bool = False
    ) -> "FilingForm":
        """The form of these groups: as it was sent, or as they stand by now."""
        choices = [("", "No priority"), *((str(each.id), each.text) for each in priorities)]
        fields: dict[str, object] = {}
        for group in funded:
            named = f"{group.called}: {group.bid.title}, {group.round}"
            fields[f"was_{group.award_id}"] = HiddenField()
            fields[f"award_{group.award_id}"] = ChoiceField(named, choices=choices, is_folded=True, is_conditional=True)
        form = cls.with_fields(**fields)
        stand = {each.award_id: str(each.priority_id or "") for each in funded}
        data = {f"{part}_{award_id}": value for award_id, value in stand.items() for part in ("was", "award")}
        made = form() if is_sent else form(formdata=None, data=data)
        made.funded = funded
        return made

    @property
    def was(self) -> Mapping[int, int | None]:
        """Where each group stood when the page was drawn, by the id of its award."""
        return {each.award_id: sent_number(self[f"was_{each.award_id}"].data) or None for each in self.funded}

    @property
    def to(self) -> Mapping[int, int | None]:
        """Where each shall stand, in a form that is valid."""
        return {each.award_id: int(self[f"award_{each.award_id}"].data or 0) or None for each in self.funded}

    def show_again(self, now: "FilingForm") -> None:
        """The page shows where each stands by now, so the next press may change that."""
        for each in self.funded:
            self[f"was_{each.award_id}"].data = now[f"was_{each.award_id}"].data
