"""Clauses: what members owe; one type, one file."""
