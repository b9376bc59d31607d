"""Paper ballots: keyed by one organiser from the back of the slip, read back and confirmed by another."""
