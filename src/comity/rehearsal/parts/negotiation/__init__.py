"""Talks over a package: how they are set up, measured, said and drawn."""
