"""The integration looks after itself: tests, hints, logins that have to be renewed."""
