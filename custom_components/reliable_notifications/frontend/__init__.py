"""The dashboard, built in Python from Home Assistant's own cards.

Shows what entities say and decides nothing; nothing but the dashboard needs it.
"""
