"""What the channels that go through Amazon's cloud share; no channel itself."""
