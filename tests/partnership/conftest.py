"""What tests of partnerships stand on."""

import pytest
from flask import Flask

from tests.partnership.keeping import found


@pytest.fixture
def partnership(app: Flask) -> None:
    """Sale and its partnership."""
    found(app)
