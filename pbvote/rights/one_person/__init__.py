"""What is held about one person: found everywhere, given as a file, and erased."""
