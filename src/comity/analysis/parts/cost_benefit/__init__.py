"""What it costs, what it brings: how it is measured, said and drawn."""
