"""Whether an institution holds, way of playing by way: how it is played, measured, tabled, said and drawn."""
