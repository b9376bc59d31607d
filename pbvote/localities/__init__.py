"""Localities, their wards and their priorities: the ground that roles, shares and events stand on."""
