"""More plural or more concentrated: how it is measured, said and drawn."""
