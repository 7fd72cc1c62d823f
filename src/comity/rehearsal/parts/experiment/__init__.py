"""Experiments: what is played at each setting, and how outcomes are measured, tabled, said and drawn."""
