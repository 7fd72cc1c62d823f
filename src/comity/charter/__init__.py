"""From the text of a charter to an institution, and back."""
