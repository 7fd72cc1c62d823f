"""Decision rules: one kind, one file."""
