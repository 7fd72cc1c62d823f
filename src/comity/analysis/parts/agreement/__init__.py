"""On what members can agree: how it is measured, said and drawn."""
