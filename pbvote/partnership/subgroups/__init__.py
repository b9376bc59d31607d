"""Sub-groups of a partnership: what each does, who leads it, and who has joined. Anybody may join."""
