"""The front page, and what needs doing today."""
