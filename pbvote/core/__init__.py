"""Plain Python that knows no framework."""
