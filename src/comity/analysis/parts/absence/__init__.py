"""The empty chair: how it is measured, said and drawn."""
