"""The partnerships: each locality's page, its members, its news and its working groups."""
