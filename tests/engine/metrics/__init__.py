"""The metrics, with worked examples a person can check by hand."""
