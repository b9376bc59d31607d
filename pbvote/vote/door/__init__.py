"""The door of an event, for stewards."""
