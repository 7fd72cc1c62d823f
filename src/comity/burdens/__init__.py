"""Burden rules: who bears which share of a common cost; one rule, one file."""
