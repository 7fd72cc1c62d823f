"""Which promises keep themselves: how it is measured, said and drawn."""
