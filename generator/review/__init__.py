"""People's work comes back: corrections in pages, and reviewed segments."""
