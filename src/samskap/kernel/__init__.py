"""Floor 1: what every room stands on, and which knows no room above it."""
