"""What is public, for programs: six collections that are only read, and the document that describes them."""
