"""Does contact lower misjudgement: how it is measured, said and drawn."""
