"""Parts of a charter, of stakes and of shocks as factors: where they stand, and what values they may take."""
