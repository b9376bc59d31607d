"""Every file that the council publishes, on one page."""
