"""The grants: awards, and the mentors of the funded groups."""
