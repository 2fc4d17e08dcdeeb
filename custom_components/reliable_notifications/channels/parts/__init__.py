"""What several channels are made of; nothing here is a channel.

A channel knows no other channel, so what two of them need lies here: how a target is
found, how loud and how long something is spoken.
"""
