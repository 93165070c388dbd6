"""The conversations: what is sought, which are shown, and by day the ones there are."""

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from treno_chat.domain.assistant.searching import ConversationFilter
from treno_chat.web.browser.assistant.desk import kept
from treno_chat.web.browser.assistant.shapes import Group, Listed, Piece
from treno_chat.web.browser.assistant.shelf import LIST_ID, SEARCH_ID, SINCE_ID
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import either, say
from treno_chat.web.components.bar import back_bar
from treno_chat.web.components.icons import icon
from treno_chat.web.components.plain import post_form
from treno_chat.web.states.assistant import AssistantState

# None, for whenever it was.
SINCE_DAYS = (0, 1, 7, 30)


def conversation_list() -> rx.Component:
    """The list, with the way back above it and the way to ask below."""
    return rx.fragment(
        way_back(rx.el.h2(say("ai.title"), class_name="title grow")),
        rx.el.div(
            _search(),
            _filter(),
            _conversations(),
            rx.el.p(say("ai.kept"), class_name="t13 soft kept-note"),
            class_name="scroll",
        ),
        rx.el.div(
            ReactRouterLink.create(
                say("ai.ask"),
                to="/assistant/new",
                class_name="btn edge lg wide",
                custom_attrs={"data-ask": "begin"},
            ),
            class_name="ask-bar",
        ),
    )


def way_back(heading: rx.Component) -> rx.Component:
    """The bar above it: back to where one came from, what this is, and the way out."""
    came_from = memory("cameFrom", str)
    return back_bar(
        heading,
        post_form(
            "/auth/logout",
            rx.el.button(
                icon("exit"), type="submit", class_name="icon", aria_label=say("account.sign_out")
            ),
            leaves=True,
        ),
        href=either(came_from == "", AssistantState.home, came_from),
        label=say("app.back"),
    )


def _search() -> rx.Component:
    return rx.el.div(
        rx.el.label(
            icon("search", "i i-s"),
            rx.el.span(say("ai.search"), class_name="sr"),
            rx.el.input(
                id=SEARCH_ID, type="search", class_name="input", placeholder=say("ai.search")
            ),
            class_name="search",
        ),
        class_name="search-bar",
    )


def _filter() -> rx.Component:
    return rx.el.div(
        *(
            rx.el.button(
                say(f"ai.show_{which}"),
                type="button",
                class_name="chip",
                aria_pressed=kept("which", str) == which.value,
                custom_attrs={"data-ask": "show", "data-which": which.value},
            )
            for which in ConversationFilter
        ),
        _since(),
        role="group",
        aria_label=say("ai.filter"),
        class_name="line wrap chips",
    )


def _since() -> rx.Component:
    """Since when something was said in them, in days."""
    return rx.el.select(
        *(rx.el.option(say(f"ai.since_{days}"), value=str(days)) for days in SINCE_DAYS),
        id=SINCE_ID,
        class_name="chip",
        aria_label=say("ai.since"),
    )


def _conversations() -> rx.Component:
    groups = kept("groups", list[Group])
    return rx.el.section(
        rx.cond(
            kept("isListLost", bool),
            rx.el.div(
                rx.el.p(say("error.offline")),
                _button("relist", say("message.retry")),
                class_name="nothing soft",
            ),
            rx.cond(
                groups.length() > 0,
                rx.foreach(groups, _group),
                rx.cond(kept("isListed", bool), rx.el.p(_none(), class_name="nothing soft")),
            ),
        ),
        rx.cond(kept("more", str) != None, _button("more", say("ai.more"))),  # noqa: E711 -- a Var
        id=LIST_ID,
        tab_index=-1,
        aria_busy=~kept("isListed", bool),
        aria_label=say("ai.conversations"),
    )


def _none() -> rx.Var[str]:
    is_all = (kept("sought", str) == "") & (kept("which", str) == "all") & (kept("days", int) == 0)
    return either(is_all, say("ai.none"), say("ai.none_found"))


def _group(group: Group) -> rx.Component:
    return rx.fragment(
        rx.el.h3(group.label, class_name="group-name"),
        rx.el.ul(rx.foreach(group.conversations, _listed)),
        key=group.label,
    )


def _listed(listed: Listed) -> rx.Component:
    title, snippet = rx.Var.create(listed.title).to(list[Piece]), rx.Var.create(listed.snippet)
    return rx.el.li(
        ReactRouterLink.create(
            rx.el.span(
                rx.el.span(
                    rx.cond(title.length() > 0, rx.foreach(title, _piece), say("ai.untitled")),
                    class_name="name cut",
                ),
                rx.cond(
                    snippet.to(list[Piece]).length() > 0,
                    rx.el.span(
                        rx.foreach(snippet.to(list[Piece]), _piece),
                        class_name=rx.cond(kept("sought", str) == "", "last cut", "last excerpt"),
                    ),
                ),
                class_name="grow",
            ),
            rx.el.span(
                rx.el.time(listed.time, date_time=listed.iso, class_name="t12 soft num"),
                class_name="end",
            ),
            to=f"/assistant/{listed.id}",
            class_name="room conv",
            aria_current=rx.cond(kept("conversation", str) == listed.id, "page", None),
        ),
        key=listed.id,
    )


def _piece(piece: Piece) -> rx.Component:
    return rx.cond(piece.is_found, rx.el.mark(piece.text), rx.el.span(piece.text))


def _button(act: str, label: rx.Var[str]) -> rx.Component:
    return rx.el.button(
        label, type="button", class_name="btn quiet wide", custom_attrs={"data-ask": act}
    )
