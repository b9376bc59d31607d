"""pbvote: participatory budgeting for a council, from the call for bids to the last check-in."""
