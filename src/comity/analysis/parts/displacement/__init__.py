"""What is displaced: how it is measured, said and drawn."""
