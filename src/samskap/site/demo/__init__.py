"""The demonstration municipality: made up from end to end, loaded through the same doors as real data."""
