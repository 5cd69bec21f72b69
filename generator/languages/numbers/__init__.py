"""Quantities in running text, read alike in all languages, digits and ways of writing them.

A translation that changes a number deceives, and reads well; so checks and comparisons of articles need one
reading of numbers that all scripts share. `lexicon` knows the words, `digits` separators, `calendars` years,
`measures` currencies and units; `tokens`, `han` and `reader` put them together.
"""
