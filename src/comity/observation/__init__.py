"""Observing: figures from the library and from outside, as tables. This room alone opens the network."""
