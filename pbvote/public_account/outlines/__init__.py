"""Years that pbvote did not run, in outline: a few figures of each, and beside every one where it comes from."""
