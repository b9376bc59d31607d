"""What tests of funded groups stand on."""

from tests.grants.test_visits import funded as funded
