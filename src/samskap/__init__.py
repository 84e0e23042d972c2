"""Samskap: systematic work for a safe and good school environment."""
