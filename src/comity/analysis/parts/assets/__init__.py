"""Indispensable assets: how it is measured, said and drawn."""
