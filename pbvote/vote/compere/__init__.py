"""The compere: whom to call up, what to read out, the timer, the announcement, and the clock that faces the speaker."""
