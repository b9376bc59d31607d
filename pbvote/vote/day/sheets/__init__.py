"""The papers of the day, each drawn on sheets of its own."""
