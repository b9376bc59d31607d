"""Rounds: the pot, its shares, the priorities, the dates and the rules."""
