"""Whether this installation may hold a secret vote: `pbvote doctor` says it, and a poll opens only where it may.

Each room adds its own checks. What a check of `stops_voting` finds unsafe keeps every poll from opening.
"""

from pbvote.doctor import database, in_front, places, surroundings, timers

__all__ = ["database", "in_front", "places", "surroundings", "timers"]
