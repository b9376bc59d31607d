"""Programs of Debian that read the files of `deploy/`."""

import os
import shutil

import pytest


def program(name: str) -> str:
    """Where it is. The test is skipped where it is not, but never with CI=true: tests/needs.sh gets it."""
    if found := shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"):
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")
