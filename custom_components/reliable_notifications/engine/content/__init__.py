"""Makes the words that people read; knows no channel and no time zone."""
