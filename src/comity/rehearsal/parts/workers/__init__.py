"""Blocks of runs: who plays them, and where those that are done are kept."""
