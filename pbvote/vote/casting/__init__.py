"""The voter's path: from a slip's code to a stored ballot."""
