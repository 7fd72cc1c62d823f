"""Rehearsal: many rounds under the institution's own law, before it is set up or changed; which promises keep themselves."""
