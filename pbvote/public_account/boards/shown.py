"""A board report as it is read, from its head to its foot: page and document are made of the same parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from pbvote.core.lengths import Length, lengths_of
from pbvote.filters import day, money
from pbvote.public_account.boards.figures import take_figures
from pbvote.public_account.boards.models import BoardReport
from pbvote.public_account.boards.stories import stories_in
from pbvote.public_account.boards.taken import BoardFigures, BoardPlaceFigures
from pbvote.public_account.spending.shown import grants_of

NAMED: Final = 3
"""How many groups are named beside a theme; the others are counted."""
TAKEN_BACK: Final = "A story stood here. Its group has since taken back its word that everybody may read it."


@dataclass(frozen=True, slots=True)
class BoardSection:
    """A heading, paragraphs under it, and points of a list."""

    heading: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class BoardBar:
    """One locality in the picture: its money as a length, and the same in words."""

    words: str
    pieces: Sequence[Length]
    per_cent: float
    """How long its whole bar is, of the longest."""


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """Everything that is read of a report."""

    report: BoardReport
    figures: BoardFigures
    stories: Sequence[BoardSection] = field(default_factory=list)

    @classmethod
    def of(cls, report: BoardReport) -> Self:
        """With the figures of the day on which it was fixed. A draft has those of now, as at the same last day."""
        figures = report.figures or take_figures(report.round, report.period)
        told = [
            BoardSection(story.group, [story.short]) if story else BoardSection("A story taken back", [TAKEN_BACK])
            for story in stories_in(report)
        ]
        return cls(report, figures, told)

    @property
    def head(self) -> list[tuple[str, str]]:
        """What stands above the title, each with its name."""
        report = self.report
        dated = day(report.fixed_on) if report.fixed_on else "Draft"
        return [("To", report.to_whom), ("Date", dated), ("For", report.for_what), ("Of", report.of_whom)]

    @property
    def quarter(self) -> str:
        """From when to when."""
        return f"{day(self.report.first_on)} to {day(self.report.last_on)}"

    @property
    def under_title(self) -> str:
        """Which quarter it is about, and which report it is."""
        report = self.report
        edition = f", corrected edition {report.edition}" if report.edition > 1 else ""
        numbered = f"Report {report.number}{edition}." if report.number else f"Draft{edition}."
        replaced = f" Superseded on {day(report.superseded_on)}." if report.superseded_on else ""
        return f"{report.round.name}, {self.quarter}. {numbered}{replaced}"

    @property
    def corrections(self) -> list[BoardSection]:
        """What this edition corrects."""
        report = self.report
        if report.corrects_id is None:
            return []
        said = (
            ("It said", report.was),
            ("It says now", report.becomes),
            ("Cause", report.cause),
            ("Parts", report.parts),
            ("Corrected by", report.corrected_by),
        )
        return [BoardSection("Correction", (), [f"{name}: {words}" for name, words in said])]

    @property
    def heading_of_picture(self) -> str:
        """Over the picture."""
        return "What each locality awarded of its share"

    @property
    def text_of_picture(self) -> str:
        """The picture in words."""
        return "A bar for each locality, a piece for each grant. " + "; ".join(bar.words for bar in self.bars) + "."

    @property
    def opening(self) -> list[BoardSection]:
        """What the committee is asked."""
        report = self.report
        said = (
            ("Purpose", report.purpose),
            ("Recommendation", report.recommendation),
            ("Contact", report.contact),
            ("In short", report.summary),
        )
        return [BoardSection(heading, _lines(words)) for heading, words in said if words]

    @property
    def money_words(self) -> BoardSection:
        """What the money did, theme by theme."""
        figures = self.figures
        if not figures.places:
            return BoardSection("What the money did", ["No result of this round was public by the last day."])
        sums = self._money(figures.awarded), self._money(figures.share), grants_of(figures.grants)
        paragraphs = ["{} of {} was awarded, in {}.".format(*sums)]
        if figures.themes:
            paragraphs.append(" ".join(self._theme(each.words, each.pence, each.groups) for each in figures.themes))
        if figures.record:
            paragraphs.append(figures.record)
        return BoardSection("What the money did", paragraphs)

    @property
    def head_of_table(self) -> list[str]:
        """The columns of the table."""
        return ["Locality", "Grants", "Awarded", "Paid", "Sent back"]

    @property
    def table(self) -> list[list[str]]:
        """A row for each locality, and the sums last."""
        rows = [
            [each.name, str(each.grants), *map(self._money, (each.awarded, each.paid, each.returned))]
            for each in self.figures.places
        ]
        sums = self.figures
        return [*rows, ["All", str(sums.grants), *map(self._money, (sums.awarded, sums.paid, sums.returned))]]

    @property
    def bars(self) -> list[BoardBar]:
        """The picture: each locality's awards as one bar."""
        longest = max((_whole(each) for each in self.figures.places), default=0)
        return [
            BoardBar(
                f"{each.name}: " + self._in_bar(each),
                lengths_of(each.pieces, _whole(each)),
                100 * _whole(each) / longest,
            )
            for each in self.figures.places
            if longest
        ]

    def _in_bar(self, place: BoardPlaceFigures) -> str:
        share = self._money(place.share)
        return f"{self._money(place.awarded)} of {share}" if place.is_told else f"{share}, not awarded yet"

    @property
    def closing(self) -> list[BoardSection]:
        """Events, worries, partnerships, what did not go well, and how the figures are to be read."""
        return [section for section in self._closing() if section.paragraphs or section.points]

    def _closing(self) -> Iterator[BoardSection]:
        figures = self.figures
        yield BoardSection("Events in the quarter", [] if figures.events else ["There was none."], figures.events)
        raised = [f"{each.name}: {each.now}. In the quarter before: {each.before}." for each in figures.worries]
        if all(each.now == each.before == "0" for each in figures.worries):
            raised = ["None in this quarter, and none in the one before."]
        hidden = "A number under 3 is not shown, nor is any from which it could be worked out." if figures.hides else ""
        yield BoardSection("Worries of members about funded groups", _lines(hidden), raised)
        strips = [
            f"{each.name}: "
            + "; ".join(f"{words[:1].lower()}{words[1:]} {number}" for words, number in each.strip)
            + "."
            for each in figures.numbers
        ]
        yield BoardSection("The partnerships by numbers", (), strips)
        yield BoardSection("What did not go well", _lines(self.report.not_well))
        yield BoardSection("About the figures", [" ".join(self._about())])

    def _about(self) -> Iterator[str]:
        if self.report.is_over:
            yield f"Every figure is as at {day(self.report.last_on)}. What happened later is in the next report."
        else:
            yield f"The quarter is not over: every figure is provisional, and final after {day(self.report.last_on)}."
        if self.figures.unanswered:
            yield self.figures.unanswered
        if self.figures.to_come:
            yield f"Still to come, and final once their results are published: {', '.join(self.figures.to_come)}."

    def _money(self, pence: int) -> str:
        return money(pence, self.figures.currency)

    def _theme(self, words: str, pence: int, groups: Sequence[str]) -> str:
        others = len(groups) - NAMED
        named = ", ".join(groups[:NAMED]) + (f" and {others} more" if others > 0 else "")
        return f"{words}: {self._money(pence)} for {named}."


def _whole(place: BoardPlaceFigures) -> int:
    """What a bar stands for: the share, or more where other money was added."""
    return max(place.share, place.awarded)


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.split("\n") if line.strip()]
