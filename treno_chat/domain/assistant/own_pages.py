"""Pages as they are written, by whoever writes them: the rules they keep, and their figures."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

import regex

from treno_chat.domain.assistant.pages import Figures, Page
from treno_chat.domain.lines import clean_line
from treno_chat.domain.refusals import ChatError, Invalid, InvalidForm
from treno_chat.domain.words import LANGUAGES, Language

MAX_PAGE = 20_000
MAX_TITLE = 100
MAX_ALIASES = 1000
MAX_SLUG = 60
MAX_OWN_PAGES = 200

V = TypeVar("V")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIGURE = re.compile(r"\{([^{}]*)\}")
_FIGURES = frozenset(field.name for field in fields(Figures))
_LINE_END = re.compile(r"\r\n?")
# What no page needs: control characters but for the end of a line, and half a surrogate pair.
_UNWRITABLE = regex.compile(r"[\p{Cs}[\p{Cc}--\n\t]]", flags=regex.VERSION1)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageDraft:
    """A page as somebody typed it."""

    slug: str
    language: str
    title: str
    topic: str
    aliases: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenPage:
    """A page that keeps the rules; its figures are still names in braces.

    `version` is another after every change, and "" before the page is kept.
    """

    slug: str
    language: Language
    title: str
    topic: str
    aliases: str
    body: str
    updated: date
    version: str = ""

    def filled(self, figures: Figures) -> Page:
        """Return the page as it is read, with a place's figures."""
        return Page(
            slug=self.slug,
            title=self.title,
            language=self.language,
            topic=self.topic,
            updated=self.updated,
            aliases=tuple(alias for part in self.aliases.split(",") if (alias := part.strip())),
            body=_FIGURE.sub(lambda found: str(getattr(figures, found[1])), self.body),
        )


def clean_page(draft: PageDraft, *, updated: date) -> WrittenPage:
    """Return a page as it is kept, or refuse every field that cannot be taken."""
    refusals: list[ChatError] = []

    def read(clean: Callable[[], V], otherwise: V) -> V:
        try:
            return clean()
        except Invalid as refused:
            refusals.append(refused)
            return otherwise

    page = WrittenPage(
        slug=read(lambda: _slug(draft.slug, "slug"), ""),
        language=read(lambda: _language(draft.language), "it"),
        title=read(lambda: clean_line(draft.title, field="title", maximum=MAX_TITLE), ""),
        topic=read(lambda: _slug(draft.topic, "topic"), ""),
        aliases=read(
            lambda: clean_line(
                draft.aliases, field="aliases", maximum=MAX_ALIASES, may_be_empty=True
            ),
            "",
        ),
        body=read(lambda: _body(draft.body), ""),
        updated=updated,
    )
    if refusals:
        raise InvalidForm(refusals)
    return page


def _slug(text: str, field: str) -> str:
    clean = text.strip()
    if len(clean) > MAX_SLUG or not _SLUG.fullmatch(clean):
        raise Invalid("page_slug", field=field, max=MAX_SLUG)
    return clean


def _language(text: str) -> Language:
    for language in LANGUAGES:
        if language == text:
            return language
    raise Invalid("page_language", field="language", known=", ".join(LANGUAGES))


def _body(text: str) -> str:
    if len(text) > MAX_PAGE:
        raise Invalid("page_too_long", field="body", max=MAX_PAGE)
    clean = unicodedata.normalize("NFC", _LINE_END.sub("\n", text)).strip()
    if _UNWRITABLE.search(clean):
        raise Invalid("page_characters", field="body")
    if not clean:
        raise Invalid("page_body_empty", field="body")
    for name in _FIGURE.findall(clean):
        if name not in _FIGURES:
            known = ", ".join(sorted(_FIGURES))
            raise Invalid("page_figure", field="body", name=name, known=known)
    return clean
