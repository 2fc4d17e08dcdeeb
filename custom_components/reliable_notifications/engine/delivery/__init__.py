"""What happens to an intent from *stored* to its one end; calls no channel."""
