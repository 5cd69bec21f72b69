"""All that lies on disk between two runs: files, records, the docs folder, and what the last run saw."""
