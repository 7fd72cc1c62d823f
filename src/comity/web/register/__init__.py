"""The register over HTTP: entries, proofs and checkpoints for everyone, statements from seats with a token."""
