"""Cutting a page into what is found and quoted: paragraphs, and the sentences in them."""

import hashlib
import re

from treno_chat.assistant.readings import gist_of
from treno_chat.domain.assistant.pages import Page, Passage

_BLANK_LINES = re.compile(r"\n\s*\n")
# A list is read item by item, each as a line of its own.
_ITEM = re.compile(r"\n(?=\s*(?:[-*+]|\d+[.)])\s)")
_MARKER = re.compile(r"^\s*(?:[-*+]|\d+[.)]|#{1,6}|>)\s+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
# A sentence ends with a mark, maybe inside quotes, and a capital, a digit or a quote follows.
_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][»”\"]))\s+(?=[\"«“(]?[A-ZÀ-Þ0-9])")


def passages_of(page: Page) -> tuple[Passage, ...]:
    """Return the paragraphs of a page, in their order, without the marks of Markdown."""
    blocks = [plain(block) for block in _BLANK_LINES.split(page.body)]
    return tuple(
        Passage(page=page, position=position, text=block, sentences=sentences_of(block))
        for position, block in enumerate(block for block in blocks if block)
    )


def texts_of(passage: Passage) -> tuple[str, ...]:
    """Return what is encoded: a paragraph below its title, its sentences, and its page’s names."""
    page = passage.page
    texts = (f"{page.title}. {passage.text}", *passage.sentences, page.title, *page.aliases)
    return tuple(map(gist_of, texts))


def hash_of(text: str) -> str:
    """Return what the vector of a text is found by."""
    return hashlib.sha256(text.encode()).hexdigest()


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences of a paragraph."""
    return tuple(part.strip() for part in _SENTENCE_END.split(text) if part.strip())


def plain(block: str) -> str:
    """Return a paragraph of Markdown as one line of words."""
    items = [_MARKER.sub("", " ".join(item.split())) for item in _ITEM.split(block)]
    line = " ".join(item for item in items if item)
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", line)).strip()
