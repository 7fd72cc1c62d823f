"""Do others hedge: how it is measured, said and drawn."""
