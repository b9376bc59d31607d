"""A locality's decision day: the place, the hour, the running order."""
