"""The paragraphs of a digest."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading and the lines below it; without lines, it is left out."""

    heading: str
    lines: Sequence[str]

    def __str__(self) -> str:
        """As a letter has it."""
        return "\n".join((f"{self.heading}:", *(f"- {line}" for line in self.lines)))
