"""Parts of the analysis of the same name: the institution compiled, its games, what they come to."""
