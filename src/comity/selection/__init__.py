"""Who would be in the club if capability decided, and how fragile that list is."""
