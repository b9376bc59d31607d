"""What a group puts beside its bid: one photo for the ballot, and documents for the organisers."""
