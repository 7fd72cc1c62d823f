"""Ground: values and documents that know nothing of institutions."""
