"""From the closed poll to the sealed outcome."""
