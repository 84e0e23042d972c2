"""Floor 3: published statistics. Reading, store, pages."""
