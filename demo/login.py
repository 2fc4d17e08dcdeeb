"""Who lives in the demo's Home Assistant; said once for maker and user."""

USERNAME = "demo"
PASSWORD = "demo-password"
# in a config folder: the access token and the port of its Home Assistant
TOKENS = "tokens.json"
