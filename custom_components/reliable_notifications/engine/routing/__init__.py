"""Decides who is told through which channels, and says why; sends nothing."""
