"""Checking bids: checklist, queries, duplicates, interests, decisions with their letters, second looks, the board."""
