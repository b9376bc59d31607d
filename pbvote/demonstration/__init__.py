"""The demonstration: the round of 2014 with invented groups, its four localities at four different stages."""
