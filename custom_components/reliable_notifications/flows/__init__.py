"""Forms in which people set things up: appliances, recipients, channels.

Forms only. They check what was typed and store it; what follows from it is
decided elsewhere, and adapters are out of bounds here.
"""
