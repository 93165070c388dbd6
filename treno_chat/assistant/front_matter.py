"""Reading a page: a head of `name: value` lines between two lines of dashes, then the text."""

import re
from datetime import date

from treno_chat.domain.assistant.own_pages import MAX_PAGE, PageDraft, WrittenPage, clean_page
from treno_chat.domain.assistant.pages import Figures, Page
from treno_chat.domain.refusals import ChatError, Invalid, InvalidForm

_FENCE = "---"
# A longer text is no page, whatever stands in its head.
_MAX_FILE = MAX_PAGE + 4000
_NEEDED = ("slug", "title", "lang", "topic", "updated")
_NAMES = (*_NEEDED, "aliases")
_LINE = re.compile(r"([a-z]+):\s*(.*)")

_Head = dict[str, tuple[str, int]]


class BadPage(Invalid):
    """A page cannot be read; says where and why, for whoever writes pages."""

    def __init__(self, source: str, line: int, why: ChatError) -> None:
        super().__init__(why.code, field=why.field, **why.params)
        self.source = source
        self.line = line

    def __str__(self) -> str:
        """Return where it is and why, as a log has it."""
        return f"{self.source}, line {self.line}: {self.code}"


def read_page(text: str, *, source: str, figures: Figures | None = None) -> Page:
    """Return the page that a text holds, its figures filled in; `source` is named in errors."""
    return read_written(text, source=source).filled(figures or Figures())


def read_written(text: str, *, source: str) -> WrittenPage:
    """Return the page that a text holds, as it is written there."""
    if len(text) > _MAX_FILE:
        raise BadPage(source, 1, Invalid("page_too_long", max=MAX_PAGE))
    lines = text.removeprefix("\ufeff").splitlines()
    head, end = _read_head(lines, source)
    for name in _NEEDED:
        if name not in head:
            raise BadPage(source, end, Invalid("page_missing", name=name))
    try:
        return clean_page(_draft(head, lines[end:]), updated=_day(*head["updated"], source))
    except InvalidForm as refused:
        why = refused.refusals[0]
        raise BadPage(source, _line_of(why, head, lines, end), why) from None


def written_text(page: WrittenPage) -> str:
    """Return a page as a file holds it: read again, it is the same page."""
    head = {
        "slug": page.slug,
        "title": page.title,
        "lang": page.language,
        "topic": page.topic,
        "updated": page.updated.isoformat(),
        "aliases": page.aliases,
    }
    lines = [f"{name}: {value}" for name, value in head.items() if value]
    return "\n".join([_FENCE, *lines, _FENCE, "", page.body, ""])


def _read_head(lines: list[str], source: str) -> tuple[_Head, int]:
    """Return the values with their lines, and where the text begins."""
    if not lines or lines[0].strip() != _FENCE:
        raise BadPage(source, 1, Invalid("page_head"))
    head: _Head = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == _FENCE:
            return head, number
        found = _LINE.fullmatch(line.strip())
        if found is None or found[1] not in _NAMES:
            raise BadPage(source, number, Invalid("page_line", known=", ".join(_NAMES)))
        name, value = found[1], found[2].strip()
        if name in head:
            raise BadPage(source, number, Invalid("page_twice", name=name))
        if not value:
            raise BadPage(source, number, Invalid("page_empty", name=name))
        head[name] = value, number
    raise BadPage(source, len(lines), Invalid("page_head_open"))


def _draft(head: _Head, body: list[str]) -> PageDraft:
    return PageDraft(
        slug=head["slug"][0],
        language=head["lang"][0],
        title=head["title"][0],
        topic=head["topic"][0],
        aliases=head.get("aliases", ("", 0))[0],
        body="\n".join(body),
    )


def _day(value: str, line: int, source: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadPage(source, line, Invalid("page_day")) from None


def _line_of(why: ChatError, head: _Head, lines: list[str], end: int) -> int:
    """Return the line where a slip is."""
    field = "lang" if why.field == "language" else why.field or ""
    if field in head:
        return head[field][1]
    if why.code != "page_figure":
        return end
    figure = f"{{{why.params['name']}}}"
    return next(at for at, line in enumerate(lines, start=1) if at > end and figure in line)
