"""Article → digest: its language, sentences, repairs and summary."""
