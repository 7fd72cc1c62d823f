"""The power to act outside: how it is measured, said and drawn."""
