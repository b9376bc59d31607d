"""Mentors: which LP member stays with which funded group, from which day to which."""
