"""The hall before the day: what is tested there, what was found, and what to do about it."""
