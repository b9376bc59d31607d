"""Pabulib's own checker, which runs without end on some files: it gets a minute for each."""

import contextlib
import io
import signal
from types import FrameType

from pabulib.checker import Checker

SECONDS = 60


def errors_in(text: str) -> dict[str, object]:
    """The errors that the checker finds in the text of a file, by their names; none if the file is valid."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"pabulib-checker did not come to an end within {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(SECONDS)
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # the checker prints
            found: dict[str, object] = Checker().process_files([text])[1]["results"]["errors"]
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    return found
