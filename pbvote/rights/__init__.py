"""What anyone may ask of the council by law: what it holds about them, and the papers of a round without names."""
