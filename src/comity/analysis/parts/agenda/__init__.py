"""Who sets the agenda: how it is measured, said and drawn."""
