"""Settings of the property tests: on a busy machine an example may take its time."""

from hypothesis import settings

settings.register_profile("tally", deadline=None, max_examples=150, print_blob=True)
settings.load_profile("tally")
