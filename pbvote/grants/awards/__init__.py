"""Awards: money promised to a bid, from the offer to the signed agreement."""
