"""The forms, filled in as a user would, on a real Home Assistant core."""
