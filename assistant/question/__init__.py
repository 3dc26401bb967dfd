"""From a text to what is asked."""
