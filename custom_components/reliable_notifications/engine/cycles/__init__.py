"""From readings of a power meter to cycles: start, end, and how sure that is."""
