"""Compliance, said and drawn."""
