"""What an officer says in a board report."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from pbvote.call.rounds.models import Round
from pbvote.core.reading import sent_number
from pbvote.core.spans import Span
from pbvote.fields import ChoiceField, ManyField, TextArea, TextField
from pbvote.fields import Form as PageForm
from pbvote.filters import day
from pbvote.partnership.seen import SeenForm
from pbvote.public_account.boards.models import MOST_STORIES, BoardReport, Committee
from pbvote.public_account.boards.stories import PublicStory

WORDS = ("to_whom", "for_what", "of_whom", "title", "purpose", "recommendation", "contact", "summary", "not_well")
CORRECTION = ("cause", "was", "becomes", "parts", "corrected_by")


class BeginBoardForm(PageForm):
    """For whom, about which round, for which quarter."""

    committee = ChoiceField("Who is it for?", choices=[(each.value, each.words) for each in Committee])
    round = ChoiceField("Which round?", is_folded=True)
    quarter = ChoiceField("Which quarter?", is_folded=True)

    def offer(self, rounds: Iterable[Round], quarters: Sequence[Span]) -> Self:
        """What there is to choose from."""
        self.round.choices = [(str(each.id), each.name) for each in rounds]
        self.quarter.choices = [(each.first.isoformat(), f"{day(each.first)} to {day(each.last)}") for each in quarters]
        return self


class BoardWordsForm(SeenForm):
    """The words of a report. The figures stand for themselves."""

    to_whom = TextField("To", max_length=100, is_for_everybody=True)
    for_what = TextField("For", hint="For example: Information", max_length=100, is_for_everybody=True)
    of_whom = TextField("Report of", hint="An office, no name.", max_length=100, is_for_everybody=True)
    title = TextField("Title", max_length=100, is_for_everybody=True)
    purpose = TextArea("Purpose", rows=3, max_words=50, is_for_everybody=True)
    recommendation = TextArea("Recommendation", rows=3, max_words=50, is_for_everybody=True)
    contact = TextField("Contact", hint="Who answers questions: an office.", max_length=120, is_for_everybody=True)
    summary = TextArea("In short", rows=6, max_words=120, required=False, is_for_everybody=True)
    not_well = TextArea("What did not go well", rows=5, max_words=100, required=False, is_for_everybody=True)
    stories = ManyField("Stories", hint="Up to three. Each group agrees that everybody reads its own.", required=False)

    def offer(self, stories: Iterable[PublicStory]) -> Self:
        """The stories to choose from."""
        self.stories.choices = [(str(each.award_id), each.group) for each in stories]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Also whether there are three stories at most."""
        is_valid = super().validate(extra_validators)
        if is_valid and len(self.stories.data) > MOST_STORIES:
            self.refuse(f"Choose {MOST_STORIES} stories at most", "stories")
            return False
        return is_valid

    def said(self) -> dict[str, str]:
        """The words, by the name of their column."""
        return {name: self[name].data for name in WORDS}

    def chosen(self) -> list[int]:
        """The awards whose stories are chosen."""
        return [sent_number(each) for each in self.stories.data]

    @staticmethod
    def data_of(report: BoardReport) -> Mapping[str, object]:
        """What the form shows of a report."""
        words = {name: getattr(report, name) for name in WORDS}
        return {**words, "seen": str(report.version), "stories": [each.award_id for each in report.stories]}


class BoardCorrectionForm(PageForm):
    """An error in a fixed report: what it was, what is right, and where it stood."""

    was = TextField("What did it say?", hint="For example: £2,150 paid in Sale", is_for_everybody=True)
    becomes = TextField("What is right?", is_for_everybody=True)
    cause = TextArea("How did it come about?", rows=3, max_words=50, is_for_everybody=True)
    parts = TextField("Which parts change?", hint="For example: the table and the picture", is_for_everybody=True)
    corrected_by = TextField("Who corrects it?", hint="An office, no name.", max_length=100, is_for_everybody=True)

    def said(self) -> dict[str, str]:
        """The words, by the name of their column."""
        return {name: self[name].data for name in CORRECTION}
