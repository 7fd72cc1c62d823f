"""What several analyses share, and how each is measured, said and drawn: a folder for each question."""
