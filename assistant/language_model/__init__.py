"""A language model that words claims, and the checks that each claim must pass."""
