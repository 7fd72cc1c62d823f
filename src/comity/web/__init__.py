"""Doors for other programs, over HTTP."""
