"""Voting power of one weighted condition, for bodies of any size: value, proven error, and the route taken."""
