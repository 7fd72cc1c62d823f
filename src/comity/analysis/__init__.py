"""Who belongs, what they command, who decides, who blocks, and what an empty chair changes."""
