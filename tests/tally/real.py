"""The real elections that tests run on, from the folder that the environment variable PBVOTE_ELECTIONS names.

They are not part of this repository. Without the variable the tests that need them are skipped, and fail where
CI=true.
"""

import os
from pathlib import Path

import pytest

from tests.faults import times

FOLDER = os.environ.get("PBVOTE_ELECTIONS", "")
FILES = sorted(Path(FOLDER).glob("*.pb")) if FOLDER else []

# Cities that departed from their own rule by hand; no rule gives these outcomes.
EXCEPTIONS = {"Poland_Warszawa_2020_Bialoleka"}


def real_file(name: str) -> Path:
    """One real election by its file name; skips the test, or fails it under CI, if there is none."""
    path = Path(FOLDER, f"{name}.pb")
    if FOLDER and path.exists():
        return path
    message = f"{name}.pb is not there: set PBVOTE_ELECTIONS to the folder of real elections"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


each_real_file = pytest.mark.parametrize("name", [path.stem for path in FILES] or ["Poland_Krakow_2024"])
some_real_files = pytest.mark.parametrize(
    "name", [path.stem for path in FILES[:: times(few=4, full=1)]] or ["Poland_Krakow_2024"]
)
"""For tests that take long for each: what comes out is held on all of them in every run."""
