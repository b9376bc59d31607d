"""The sources of the pages' styles, scripts and pictures, and how they are built into `pbvote/static`."""
