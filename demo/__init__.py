"""The demonstration: a real Home Assistant, a real phone registration, real traces.

Everything here stands outside Home Assistant and talks to it the way plugs, phones
and people do: over HTTP and its websocket. The end-to-end tests use the same parts.
Nothing of the integration may be imported, so that nothing can be faked from within.
"""
