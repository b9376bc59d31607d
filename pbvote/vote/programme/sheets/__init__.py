"""The prints of an event: poster, handout, booklet, table cards."""
