"""Acceptance and promises: what a group accepted, as it was worded, and what will have happened by when."""
