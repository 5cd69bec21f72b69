"""A validator of RSS 2.0 and Atom that is not ours: the one that comes with Ruby, at its strictest.

It holds a feed against the elements, attributes, their number and their values that the two formats know.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping

import pytest
from lxml import etree

PROGRAM = """
require "json"
require "rss"
found = JSON.parse($stdin.read).transform_values do |text|
  RSS::Parser.parse(text, validate: true, ignore_unknown_element: false) ? "" : "is neither RSS nor Atom"
rescue StandardError => error
  error.message
end
puts JSON.generate(found)
"""


def complaints(feeds: Mapping[str, bytes]) -> dict[str, str]:
    """Return what is wrong with each of these feeds that has a fault; without Ruby skip, on CI fail."""
    if not shutil.which("ruby"):
        assert os.environ.get("CI") != "true", "CI needs Ruby: install Debian's package ruby"
        pytest.skip("no Ruby here (Debian's package ruby)")
    texts = {name: _without_extensions(feed).decode() for name, feed in feeds.items()}
    done = subprocess.run(
        ["ruby", "--encoding=utf-8", "-e", PROGRAM],
        input=json.dumps(texts).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return {name: said for name, said in json.loads(done.stdout).items() if said}


def _without_extensions(feed: bytes) -> bytes:
    """Take out elements of other namespaces, which RSS allows and the validator does not know."""
    root = etree.fromstring(feed)
    if root.tag != "rss":
        return feed
    for element in [each for each in root.iter("{*}*") if etree.QName(each).namespace]:
        element.getparent().remove(element)
    return etree.tostring(root, encoding="utf-8")
