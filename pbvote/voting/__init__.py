"""Slips and ballots: printing, the ballot paper, the cast. `docs/security.md` says what this room promises."""
