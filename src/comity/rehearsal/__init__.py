"""Rehearsal: many rounds under the law of the institution, before it is set up; which promises keep themselves."""
