"""Saved pages of news sites: the article, the AI summary it carries, and what is neither.

``read_page`` is all that other modules need. A page is HTML or plain text; see docs/corpora.md for
the rules by which its parts are told apart.
"""

from harness.pages.page import Page
from harness.pages.read import read_page

__all__ = ["Page", "read_page"]
