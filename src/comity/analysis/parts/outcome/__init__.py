"""Where a text would land: how it is measured, said and drawn."""
