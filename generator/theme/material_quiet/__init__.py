"""`theme: digest` in `mkdocs.yml`: Material, without the notice that it prints at each start of MkDocs.

MkDocs imports this before Material, which asks the environment whether to print it.
"""

import os

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
