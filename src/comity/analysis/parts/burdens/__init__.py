"""Who pays: how it is measured, said and drawn."""
