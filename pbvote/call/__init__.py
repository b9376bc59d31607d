"""The call: rounds, groups, and their bids."""
