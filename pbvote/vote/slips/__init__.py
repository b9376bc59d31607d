"""Slips: making and printing them, finding one by its code, their envelopes, voiding, the event's key."""
