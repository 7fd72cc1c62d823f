"""Promises kept over many rounds: triggers, noisy verification, trust, and the game of a clause."""
