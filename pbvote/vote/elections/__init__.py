"""Real elections of other cities."""
