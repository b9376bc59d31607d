"""Where the money went: a round's money by locality, theme and ward, as pages, files and a poster for the library."""
