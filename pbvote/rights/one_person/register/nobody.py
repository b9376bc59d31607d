"""The tables that hold nothing about anybody, each with why that is so."""

from collections.abc import Mapping
from typing import Final

_VOTE: Final = "What slips say. Nothing leads from a slip to a person"
_COUNT: Final = "What was counted: bids and numbers"
_DIGEST: Final = "A digest, from which nothing can be read back"
_LINK: Final = "Which of two things belongs to the other"
_RULES: Final = "Settings of a round"

NOBODY: Final[Mapping[str, str]] = {
    "ballot": _VOTE,
    "rehearsal_ballot": "What test slips say",
    "slip": "Printed slips, by a tag of their code",
    "counted": _COUNT,
    "outcome": _COUNT,
    "study": _COUNT,
    "seal": _COUNT,
    "slot": "The running order, by bid",
    "door_queue": "How long the queue is",
    "door_tap": "Presses that count people",
    "help_given": "How often help was given, and of what kind",
    "failed_lookup": "How often a code was not found, by the minute",
    "failed_tries": _DIGEST,
    "ended_session": _DIGEST,
    "letter_attachment": "Goes with its letter",
    "group_letter_copy": _LINK,
    "award_letter": _LINK,
    "bid_document": _LINK,
    "board_story": "Which grants a report shows, by the digest of what the group agreed to",
    "awaited_answer": "Goes with its address",
    "gathering_locality": _LINK,
    "consultation_action": _LINK,
    "consultation_mark": _LINK,
    "plan_group": _LINK,
    "planned_visit": "Days of visits to come",
    "ask": "What a bid asks of each share",
    "photo": "Widths and heights: a photo’s file stands under “Files that they sent”",
    "locality": "The council’s localities",
    "ward": "The localities’ wards",
    "share": _RULES,
    "command_run": "When each command of a timer last ran",
}
