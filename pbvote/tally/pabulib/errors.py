"""What is wrong with a `.pb` file, and where."""

from dataclasses import dataclass

from pbvote.core.visible import visible


class PabulibError(ValueError):
    """A file that is no election: the line (from 1) and the column where that shows, and the reason."""

    def __init__(self, line: int, column: str, reason: str) -> None:
        super().__init__(f"line {line}, column {column}: {reason}")
        self.line = line
        self.column = column
        self.reason = reason


@dataclass(frozen=True)
class Finding:
    """Something odd in a file that could be read nonetheless, for the organiser to know."""

    line: int  # 0: about no line in particular
    column: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.text}" if self.line else self.text


def shown(value: str) -> str:
    """A value of a file as an error message quotes it: short, and all of it to be seen."""
    clean = visible(value[:40])
    return f"“{clean}…”" if len(value) > 40 else f"“{clean}”"
