"""Operation: a register that delegations can trust, and the texts that it keeps."""
