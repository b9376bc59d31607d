"""What a partnership asks residents: a consultation from its questions to what was heard and done."""
