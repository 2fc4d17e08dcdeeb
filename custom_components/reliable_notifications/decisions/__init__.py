"""The shell around `engine.routing`: what the router has to know, and its answers."""
