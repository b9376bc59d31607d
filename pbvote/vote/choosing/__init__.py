"""The members of a locality's partnership choose, openly, where no residents vote."""
