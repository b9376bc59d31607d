"""Letters to anybody who wants to know what a partnership does: confirmed by a press, one a day, stopped by a press.

What can be told is a registry: a provider in `happenings.py`, or of another room, adds one kind.
"""
