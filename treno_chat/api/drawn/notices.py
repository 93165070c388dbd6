"""Which page says a refusal to somebody who looks at it, and where it leads on."""

from treno_chat.api.drawn.templates import render_notice_page
from treno_chat.domain.words import Words


def notice_of(words: Words, code: str, detail: str) -> str:
    """Return the page of a refusal, by its code."""
    home = f"/{words.language}"
    if code == "place_not_found":
        return _page(words, "lost.title", words.say("lost.text"), (words.say("lost.home"), home))
    if code in ("not_signed_in", "not_here"):
        return _page(
            words, "ended.title", words.say("ended.text"), (words.say("ended.again"), home)
        )
    return _page(words, "trouble.title", detail, (words.say("lost.home"), home))


def _page(words: Words, title: str, text: str, link: tuple[str, str]) -> str:
    return render_notice_page(words, words.say(title), text, link)
