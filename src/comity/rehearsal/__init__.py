"""What the rules lead to over many rounds, played before the body is set up or changed, and what keeps a promise."""
