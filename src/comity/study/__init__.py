"""A study runs analyses on charters and figures, hands tables from one to another, and writes one dossier."""
