"""Where the house stands, and the files that git knows."""

import subprocess
from pathlib import Path

HOUSE = Path(__file__).parents[1]


def tracked(*patterns: str) -> list[Path]:
    """The files that git knows."""
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=HOUSE, check=True, capture_output=True, text=True)
    return [HOUSE / name for name in listed.stdout.splitlines() if (HOUSE / name).is_file()]
