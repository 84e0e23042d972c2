"""Floor 5: settings, addresses, home page, error pages, demo municipality, command line."""
