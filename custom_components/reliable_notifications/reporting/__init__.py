"""What happened, put forth: on the bus, to people, on phones that follow a cycle."""
