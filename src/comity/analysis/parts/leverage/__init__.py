"""Who depends on whom: how it is measured, said and drawn."""
