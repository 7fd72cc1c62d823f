"""Package deals: how it is measured, said and drawn."""
