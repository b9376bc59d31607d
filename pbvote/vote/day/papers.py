"""The papers of the day as files."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from flask import Response, send_file

from pbvote.vote.day.sheets.fallback import fallback_kit
from pbvote.vote.day.sheets.how_to_vote import how_to_vote
from pbvote.vote.day.sheets.rules import rules_poster
from pbvote.vote.day.sheets.run_sheet import run_sheet
from pbvote.vote.day.sheets.signs import signs
from pbvote.vote.day.sheets.tally import tally_sheets
from pbvote.vote.events.models import Event


@dataclass(frozen=True)
class DayPaper:
    """A paper of the day, as the desk offers it."""

    name: str
    what: str
    draw: Callable[[Event, str], bytes]
    """From the event and the language, which is spoken."""
    is_spoken: bool = False
    """Whether there is one for each of the event's languages."""


PAPERS: Final = {
    "rules": DayPaper(
        "Poster with the rules", "A3. Where and when, who may vote, and when it is too late.", rules_poster, True
    ),
    "how-to-vote": DayPaper(
        "How to vote", "A4. A picture of the slip, and three steps in all languages of the event.", how_to_vote
    ),
    "signs": DayPaper("Signs", "A4. The queue, help with voting, the quiet room.", signs),
    "run-sheet": DayPaper("Run sheet", "A4. Hour by hour: who does what, with boxes to tick.", run_sheet),
    "tally": DayPaper("Tally sheets", "A4. To count papers by hand, if the key is lost.", tally_sheets),
    "fallback": DayPaper("If something fails", "A4. What to do without a network, a printer or power.", fallback_kit),
}


def languages_of(event: Event, kind: str) -> tuple[str, ...]:
    """In which languages a paper can be had."""
    return event.day.languages if PAPERS[kind].is_spoken else ("en",)


def paper_of(event: Event, kind: str, language: str) -> Response:
    """The paper as a PDF, drawn anew: it says what the event says now."""
    drawn = PAPERS[kind].draw(event, language)
    name = f"{kind}-{event.slug}-{language}.pdf"
    return send_file(BytesIO(drawn), "application/pdf", as_attachment=False, download_name=name)
