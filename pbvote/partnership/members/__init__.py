"""A partnership's members, from their first day to their last, and what they say of themselves to everybody."""
