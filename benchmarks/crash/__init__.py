"""A household that is killed over and over, and what is left of its messages."""
