"""Bids as spreadsheets: out as a list, in as new bids and changes."""
