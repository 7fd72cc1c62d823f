"""Seats that are played from outside the program: the words of a question, and a language model that answers it."""
