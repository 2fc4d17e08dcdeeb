"""Home Assistant and the outside world in, the engine's words out, and back.

Adapters import the engine, never a channel (the courier alone knows what a channel
is); those that keep rows share `database`. What works together is put together by
the runtime.
"""
