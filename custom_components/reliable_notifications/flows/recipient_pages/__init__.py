"""The pages of the form for a recipient, one file each."""
