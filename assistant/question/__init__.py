"""From the words of a question to a `Question`: what it asks, of which strategies, and what stands alone."""
