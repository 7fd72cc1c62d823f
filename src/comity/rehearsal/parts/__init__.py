"""How each rehearsal is played, measured, said and drawn: a folder for each question."""
