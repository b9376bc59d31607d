"""Questions that a round asks beyond the form's own. None is asked unless its organiser wants it."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class Question:
    """One question with a short text for its answer. Bids keep the answer under its key."""

    key: str
    text: str
    hint: str = ""
    max_words: int = 60
    is_optional: bool = False


USUAL_QUESTIONS: Final = (
    Question(
        "match_funding",
        "Who else gives money to this project?",
        "Name each and how much. Write “Nobody” if it is only us.",
    ),
    Question("dates", "When does the project begin and end?", "For example: from May to September."),
    Question("insurance", "What insurance does your group have?", "Say who insures you, or that you have none yet."),
    Question("documents", "Which documents can you show us?", "For example: accounts, a safeguarding policy, quotes."),
)
"""What councils most often ask beyond the form. A round may ask any of them."""


FORM_MINUTES: Final = 8
"""How long a group needs for the form's own questions, with the address of its page at hand."""
SHORT_FORM_MINUTES: Final = 3
"""The same for the form of one page."""
BUDGET_MINUTES: Final = 4
QUESTION_MINUTES: Final = 2


def minutes_of(questions: Sequence[Question], *, has_budget: bool = True, is_short: bool = False) -> int:
    """About how many minutes the form takes a group, with these questions and a budget or without one.

    The short form asks for no budget.
    """
    own = SHORT_FORM_MINUTES if is_short else FORM_MINUTES + BUDGET_MINUTES * has_budget
    return own + QUESTION_MINUTES * len(questions)


def own_key(text: str) -> str:
    """The key of a question that an organiser wrote: the same words have the same key, in every round."""
    return f"own_{hashlib.sha256(text.encode()).hexdigest()[:12]}"


class QuestionsAsJson(sa.types.TypeDecorator[tuple[Question, ...]]):
    """Questions in a JSON column, in the order in which they are asked."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Question] | None, _dialect: sa.Dialect) -> list[dict[str, Any]]:
        """Their fields by name."""
        return [asdict(question) for question in value or ()]

    def process_result_value(self, value: list[dict[str, Any]] | None, _dialect: sa.Dialect) -> tuple[Question, ...]:
        """From their fields by name."""
        return tuple(Question(**kept) for kept in value or ())
