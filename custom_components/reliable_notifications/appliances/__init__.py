"""The shell around `engine.cycles`: each watched appliance, what it hears and keeps."""
