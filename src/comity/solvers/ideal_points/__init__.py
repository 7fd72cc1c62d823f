"""Ideal points from roll calls: one dimension, moving over sessions, ordered yes, abstain, no."""
