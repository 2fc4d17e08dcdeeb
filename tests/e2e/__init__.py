"""Real Home Assistant processes, a real browser, real kills: seen from outside."""
