"""Measuring: retrieval sets, benchmarks, runs and their comparison."""
