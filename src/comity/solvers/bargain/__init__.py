"""Bargaining: what members can obtain from each other, as arrays."""
