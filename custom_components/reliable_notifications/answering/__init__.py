"""What follows when people react: a tap, a reply, a spoken word, a ticked-off item."""
