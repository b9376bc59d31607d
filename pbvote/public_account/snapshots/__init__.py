"""Everything that is public on one day as a folder of plain files, built once and never changed."""
