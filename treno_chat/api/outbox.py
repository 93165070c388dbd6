"""The outbox of development as a page, where only this machine opens it; else there is none."""

from fastapi import APIRouter
from starlette.responses import Response

from treno_chat.actions.operations.outbox import newest_texts
from treno_chat.api.answers import Page
from treno_chat.api.drawn.frame import page, top
from treno_chat.api.drawn.markup import Markup, element
from treno_chat.api.house import House, Spoken
from treno_chat.domain.operations.texts import Text
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.words import Words

router = APIRouter()


@router.get("/outbox")
def show_outbox(house: House, words: Spoken) -> Response:
    """Show what would have been sent."""
    if not house.has_outbox:
        raise NotFound("not_found")
    with house.transactions.reading() as tx:
        texts = newest_texts(tx)
    return Page(_outbox(words, texts))


def _outbox(words: Words, texts: list[Text]) -> str:
    content = element(
        "main",
        top(words, "line spread"),
        element(
            "div",
            element("h1", words.say("outbox.title"), class_="sign s32"),
            element("p", words.say("outbox.lead"), class_="soft"),
            class_="stack gap-8",
        ),
        _texts(texts) if texts else element("p", words.say("outbox.none")),
        class_="page",
        id="main",
    )
    return page(words, content, title=words.say("outbox.title"))


def _texts(texts: list[Text]) -> Markup:
    return element("ol", *(_text(text) for text in texts), class_="stack gap-12", role="list")


def _text(text: Text) -> Markup:
    sent = f"{text.made_at:%Y-%m-%d %H:%M:%S} UTC · {text.recipient}"
    lines = [element("p", line) for line in text.body.splitlines() if line]
    return element("li", element("p", sent, class_="soft"), *lines, class_="card pad stack gap-8")
