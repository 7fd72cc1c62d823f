"""Participation: who takes part in providing a common good, as arrays."""
