"""From scored sentences to verified claims."""
