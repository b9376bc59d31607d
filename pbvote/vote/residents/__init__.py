"""What residents leave with an organiser of their own accord: an address for one letter, and a helping hand."""
