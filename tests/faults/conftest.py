"""What several tests of faults stand on."""

from collections.abc import Iterator

import pytest

from tests.faults.power import Disk, disk_that_forgets


@pytest.fixture
def disk() -> Iterator[Disk]:
    """A disk that forgets what was not flushed."""
    with disk_that_forgets() as disk:
        yield disk
