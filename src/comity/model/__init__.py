"""Frozen values, abstract classes and their families: what institutions are made of."""
