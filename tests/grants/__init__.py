"""The grants: awards and who stays with the funded groups."""
