"""How one game is played: the frozen problem, seats and law, rounds, record, log, and what it comes to in words."""
