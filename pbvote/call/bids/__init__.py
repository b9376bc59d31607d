"""Bids: what groups ask for, and what the desk decides about it before the vote."""
