"""What the desk asks about a paper: its code, its marks (the voter's own ballot form), or why it is spoilt."""

from collections.abc import Iterator

from markupsafe import Markup

from pbvote.fields import ChoiceField, Form, TextField, error_summary
from pbvote.vote.casting.forms import BallotForm
from pbvote.vote.paper_entry.clashes import DECISIONS
from pbvote.vote.poll.models import SpoiltReason

SPOILT_REASONS = {
    SpoiltReason.BLANK: "Nothing is marked",
    SpoiltReason.INCOMPLETE: "Marks are missing",
    SpoiltReason.TOO_MANY: "Too much is marked",
    SpoiltReason.UNCLEAR: "It can’t be read for certain",
    SpoiltReason.SIGNED: "It shows who filled it in",
}


class CodeForm(Form):
    """Which paper it is.

    Its page has no error summary: that would take the focus, and the next scan would go nowhere.
    """

    code = TextField(
        "The code on the slip",
        hint="Scan it, or type its 12 letters and numbers and press Enter.",
        required="Scan the code, or type it",
        max_length=500,
        width=20,
        look={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": False,
            "attributes": {"autofocus": True, "dir": "ltr"},
        },
    )


class SpoiltForm(Form):
    """Why a paper can't be counted."""

    reason = ChoiceField(
        "Why can’t it be counted?",
        choices=[(reason.value, words) for reason, words in SPOILT_REASONS.items()],
        required="Choose a reason",
    )


class ClashForm(Form):
    """Which of a slip's two ballots counts, and what the page said before."""

    decision = ChoiceField(
        "Which one counts?", choices=[(each.value, words) for each, words in DECISIONS.items()], required="Choose one"
    )
    seen = ChoiceField(
        "Decided before",
        choices=[("", ""), *((each.value, words) for each, words in DECISIONS.items())],
        required=False,
    )


def summary_of(ballot: BallotForm) -> Markup:
    """What keeps the marks from being complete, each line leading to its box; nothing when all is well."""
    return error_summary(list(_lines(ballot)))


def _lines(ballot: BallotForm) -> Iterator[tuple[str, str]]:
    for number, sentence in ballot.errors:
        if number is None:
            first = ballot.paper.lines[0].number if ballot.paper.lines else None
            yield sentence, f"bid-{first}" if first else ""
        else:
            yield f"Bid {number}: {sentence}", f"bid-{number}"
