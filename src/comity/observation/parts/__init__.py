"""What the observations are made of."""
