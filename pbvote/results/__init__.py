"""Counting, the outcome, and what is published of it."""
