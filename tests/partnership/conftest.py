"""What tests of partnerships stand on."""

import pytest
from flask import Flask

from tests.partnership.gathering import some_groups
from tests.partnership.keeping import found


@pytest.fixture
def partnership(app: Flask) -> None:
    """Sale and its partnership."""
    found(app)


@pytest.fixture
def groups(app: Flask, partnership: None) -> None:
    """Sale's partnership, and groups with contacts."""
    some_groups(app)
