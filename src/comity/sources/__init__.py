"""Data sources: one outside service, one file."""
