"""What the rules lead to over many rounds: which promises keep themselves, and what keeping them takes."""
