"""A site that is built in parts is, byte for byte, the site that is built at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from generator.config import load
from generator.model import DigestError, Output
from tests.support import corpus, samples
from tests.support.site_projects import build_here, contents, cut, first_difference, publish, write_project
