"""Letters before, on and after the day that something is due, and the weekly digest.

What can be due is a registry: each file of `occasions/` adds one kind.
"""
