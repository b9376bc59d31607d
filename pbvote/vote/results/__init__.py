"""The outcome as it is shown, and its publication."""
