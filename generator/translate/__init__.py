"""Digest → translation: memory, glossary, engines and quality checks."""
