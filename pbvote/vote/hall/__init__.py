"""The day itself, on one screen."""
