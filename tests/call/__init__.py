"""The call: rounds, groups and bids."""
