"""The outbox: every letter is a row first, so that a commit and its letter stand or fall together."""
