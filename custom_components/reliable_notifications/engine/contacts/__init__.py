"""Whether a contact point belongs to who has given it; sends nothing."""
