"""Does the club hold: how it is measured, said and drawn."""
