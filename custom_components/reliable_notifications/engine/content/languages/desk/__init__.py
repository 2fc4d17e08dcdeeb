"""What is said of the events of a service desk, a file per language."""
