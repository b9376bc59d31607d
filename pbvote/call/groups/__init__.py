"""Groups that bid."""
