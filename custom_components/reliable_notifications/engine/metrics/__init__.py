"""How well it works: numbers from the log of cycles, deliveries and uptime."""
