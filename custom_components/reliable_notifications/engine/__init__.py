"""Everything that decides, and nothing that does.

The engine imports the standard library and itself. It has no clock, no
randomness, no logging and no input or output: the time is an argument, reasons
are returned. So every decision can be replayed by the thousand in seconds.
"""
