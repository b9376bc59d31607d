"""Photos and documents that people send: told apart by content, kept outside the web root, each with a row."""
