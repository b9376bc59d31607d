"""Who leads through the event: whom to call up, what to read out, the timer, the announcement, and the speaker's clock."""
