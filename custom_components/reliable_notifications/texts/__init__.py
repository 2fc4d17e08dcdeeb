"""The shell around `engine.content`: words, templates and the letterhead as stored."""
