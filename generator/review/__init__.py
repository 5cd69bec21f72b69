"""People's work comes back and is kept: corrections in pages, and reviewed segments of other programs."""
