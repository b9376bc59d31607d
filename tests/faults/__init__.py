"""What happens when everything goes wrong: many at once, power cuts, and people who would rather not play fair.

`make test` runs these in small numbers; `make test-faults` in those of the promise (PBVOTE_FAULTS=full).
"""

import os

import pytest

IS_FULL = os.environ.get("PBVOTE_FAULTS") == "full"


def times(few: int, full: int) -> int:
    """How often to try: few times in every run, in full where it is asked for."""
    return full if IS_FULL else few


only_in_full = pytest.mark.only_in_full
"""What takes its time, or a disk of its own: `make test-faults` has it, and every other run leaves it out."""
