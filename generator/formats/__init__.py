"""File formats of translators: XLIFF."""
