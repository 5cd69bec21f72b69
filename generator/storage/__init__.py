"""What lies on disk: files, records, the docs folder, and what the last run saw."""
