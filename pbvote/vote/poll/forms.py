"""What organisers fill in about the poll."""

import enum

from pbvote.fields import ChoiceField, Form


class ReopenReason(enum.StrEnum):
    """Why a closed poll is opened again."""

    CLOSED_BY_MISTAKE = "closed_by_mistake"
    PEOPLE_IN_LINE = "people_in_line"
    NO_CONNECTION = "no_connection"


REOPEN_REASONS = {
    ReopenReason.CLOSED_BY_MISTAKE: "It was closed by mistake",
    ReopenReason.PEOPLE_IN_LINE: "People were still standing in line",
    ReopenReason.NO_CONNECTION: "Phones had no connection before the close",
}


class ReopenForm(Form):
    """Why voting should be opened again."""

    reason = ChoiceField(
        "Why should voting be opened again?",
        choices=[(reason.value, words) for reason, words in REOPEN_REASONS.items()],
        required="Choose a reason",
    )
