"""Players: who sits in the seats of a rehearsal; one player, one file."""
