"""Operate: a register in which an institution keeps what happened, signed, in order, and checkable by anyone."""
