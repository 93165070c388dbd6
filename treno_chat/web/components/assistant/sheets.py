"""The sheets of the page: a page of the guide, the conversation itself, and the keys."""

import reflex as rx

from treno_chat.domain.assistant.conversations import MAX_TITLE
from treno_chat.web.browser.assistant.desk import kept
from treno_chat.web.browser.assistant.shapes import GuidePage, Paragraph
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import either, say, say_chosen
from treno_chat.web.components.field import field
from treno_chat.web.components.icons import icon
from treno_chat.web.components.own_form import own_form, submit
from treno_chat.web.components.room.keys_sheet import key, keys_row, keys_switches, sending_rows
from treno_chat.web.components.sheet import sheet


def guide_sheet() -> rx.Component:
    """The page that an answer quotes, with the passage marked."""
    page = kept("page", GuidePage)
    language = page.language.to(str)
    return sheet(
        "guide",
        page.title,
        rx.cond(
            page.is_loading,
            rx.el.p(say("ai.loading"), class_name="soft"),
            rx.fragment(
                rx.cond(
                    page.trouble != "",
                    rx.el.p(say("ai.page_lost"), class_name="notice warn boxed"),
                    rx.el.p(
                        say_chosen(rx.Var.create(f"ai.in_{language}")),
                        " · ",
                        say("ai.updated", date=page.updated),
                        class_name="t13 soft",
                    ),
                ),
                rx.el.div(
                    rx.foreach(page.paragraphs.to(list[Paragraph]), _paragraph),
                    class_name="stack gap-12 guide",
                    lang=language,
                ),
            ),
        ),
    )


def _paragraph(paragraph: Paragraph) -> rx.Component:
    return rx.el.p(
        rx.cond(paragraph.is_quoted, rx.el.mark(paragraph.text), paragraph.text),
        key=paragraph.key,
    )


def conversation_sheet() -> rx.Component:
    """What the conversation is called, and the way to delete it."""
    return sheet(
        "conversation",
        say("ai.manage"),
        own_form(
            "assistant-rename",
            field(
                "title",
                label=say("ai.name"),
                within="conversation-",
                default_value=kept("title", str),
                max_length=MAX_TITLE * 4,
                auto_complete="off",
            ),
            submit(say("account.save"), css="btn act wide"),
        ),
        rx.el.button(
            icon("remove", "i i-s"),
            say("ai.remove"),
            type="button",
            class_name="btn danger wide",
            custom_attrs={"data-act": "sheet", "data-id": "conversation-remove"},
        ),
    )


def removal_sheet() -> rx.Component:
    """Asked once more, before it goes for good."""
    title = kept("title", str)
    return sheet(
        "conversation-remove",
        say("ai.remove_title"),
        own_form(
            "assistant-remove",
            rx.el.p(
                say("ai.remove_ask", title=either(title == "", say("ai.untitled"), title)),
                class_name="long",
            ),
            submit(say("ai.remove_do"), css="btn danger full lg wide", glyph="remove"),
        ),
    )


def keys_sheet() -> rx.Component:
    """What the keyboard does here."""
    return sheet(
        "assistant-keys",
        say("keys.title"),
        rx.el.dl(
            sending_rows(say("ai.keys_send")),
            keys_row(say("ai.keys_stop"), key(say("key.escape"))),
            keys_row(say("ai.search"), key(memory("mod", str)), key("K")),
            keys_row(say("keys.show"), key("?", spoken=say("key.question"))),
            class_name="keys",
        ),
        keys_switches(),
    )
