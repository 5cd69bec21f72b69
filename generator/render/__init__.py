"""Records in, pages out: pure functions from `Translation`s to `Output`s."""
