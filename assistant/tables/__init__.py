"""Answers that go through every page: comparisons, timelines, complete lists, outlines."""
