"""What payments on results change: how it is measured, tabled, said and drawn."""
