"""Who takes part in a public good: stable coalitions, sanctions and transfers that hold them, the smallest groups."""
