"""Acts that need two people: one asks, another confirms within ten minutes."""
