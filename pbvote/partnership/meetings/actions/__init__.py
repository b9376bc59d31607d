"""What somebody has promised to do by a day, for a partnership. It may come from a meeting."""
