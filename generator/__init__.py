"""Turns foreign-language articles into a bilingual, sentence-aligned static digest.

The packages, in the order of the data; `build.generate` joins them, `ARCHITECTURE.md` has more:

- `cli`: commands: options in, lines and exit codes out
- `ingest`: stage 1, a seed file or an address → `Article`
- `analyze`: stage 2, `Article` → `Digest`: its language, sentences, repairs and summary
- `translate`: stage 3, `Digest` → `Translation`, by memory, glossary, engines and quality checks
- `connect`: stage 4, all translations → `Connections`: related articles, stories, topics and names
- `render`: stage 5, `Translation` and `Connections` → pages
- `export`: the digest for other programs: feeds, EPUB, TMX, JSON Lines
- `theme`: pages → site: MkDocs hook, templates, search, the words of the interface
- `review`: people's work comes back: corrections in pages, segments from other programs
- `languages`: what is known of each language and script, once
- `formats`: TMX and XLIFF
- `models`: translation models on this machine
- `storage`: files, records, the docs folder, and what the last run saw
"""

__version__ = "0.2.0"
