"""Very many games at once: an institution as arrays, and the loops that play it."""
