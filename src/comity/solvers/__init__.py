"""Pure numerics, usable alone: arrays in, arrays out; they know no institutions."""
