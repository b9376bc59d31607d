"""Bids that are being written."""
