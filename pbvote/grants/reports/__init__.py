"""What groups tell at the end of their projects, what they ask for on the way, and how a grant is closed."""
