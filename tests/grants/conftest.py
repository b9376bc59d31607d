"""What tests of funded groups stand on."""

import pytest
from flask import Flask

from tests.grants.visiting import fund


@pytest.fixture
def funded(app: Flask) -> None:
    """Award 1 in Sale, with its mentor."""
    fund(app)
