"""The vote: from the event's day to the published result."""
