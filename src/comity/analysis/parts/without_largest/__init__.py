"""Without the largest: how it is measured, said and drawn."""
