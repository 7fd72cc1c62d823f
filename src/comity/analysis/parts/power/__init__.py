"""Who decides: how it is measured, said and drawn."""
