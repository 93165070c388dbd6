"""Every message on screen, the newest at the bottom."""

import reflex as rx

from treno_chat.web.browser.room.rows import Part, Row
from treno_chat.web.browser.scroll import LOG_ID
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say, say_count
from treno_chat.web.components.gender import gender_mark
from treno_chat.web.components.icons import icon
from treno_chat.web.components.room.message_state import message_state
from treno_chat.web.components.seal import seal, seal_number
from treno_chat.web.states.room import RoomState


def message_list() -> rx.Component:
    """The list, and the pill that leads to what is new below."""
    return rx.el.div(
        rx.el.div(
            rx.el.ol(rx.foreach(memory("rows", list[Row]), _row), class_name="log"),
            id=LOG_ID,
            class_name="scroll",
            role="log",
            tab_index=0,
            aria_label=say("room.messages"),
            aria_live=rx.cond(memory("isHushed", bool), "off", "polite"),
            aria_relevant="additions",
        ),
        _heard(),
        _nothing_yet(),
        _pill(),
        class_name="holder",
    )


def _heard() -> rx.Component:
    """How many messages the hushed log did not read out."""
    told = memory("told", int)
    heard = rx.cond(told > 0, say_count("room.heard", told), "")
    return rx.el.p(heard, class_name="sr", role="status")


def _nothing_yet() -> rx.Component:
    """An empty room says so, in the words of its kind."""
    return rx.cond(
        memory("isLoading", bool) | (memory("rows", list[Row]).length() > 0),
        rx.fragment(),
        rx.el.p(
            rx.cond(RoomState.can_write, say("room.empty"), say("announce.none")),
            class_name="nothing-yet",
        ),
    )


def _pill() -> rx.Component:
    unseen = memory("unseen", int)
    return rx.cond(
        unseen > 0,
        rx.el.button(
            icon("down", "i i-s"),
            say_count("room.n_new", unseen),
            type="button",
            class_name="pill",
            data_act="end",
        ),
    )


def _row(row: Row) -> rx.Component:
    return rx.fragment(
        rx.match(
            row.kind,
            ("day", rx.el.li(rx.el.span(row.label), class_name="day", key=row.key)),
            (
                "divider",
                rx.el.li(
                    say("room.new_from_here"), class_name="fresh", custom_attrs={"data-divider": ""}
                ),
            ),
            ("system", rx.el.li(_body(row), class_name="sys", key=row.key)),
            ("answer", _answer(row)),
            ("removed", _gone(row, "message.deleted")),
            ("left", _gone(row, "message.left")),
            _word(row),
        ),
        key=row.key,
    )


def _word(row: Row) -> rx.Component:
    return rx.el.li(
        rx.cond(row.is_mine, rx.fragment(), rx.cond(row.is_lead, _seal(row))),
        rx.el.div(
            rx.cond(row.is_mine, rx.el.span(say("message.you"), class_name="sr"), _who(row)),
            rx.el.div(
                _body(row),
                rx.cond(row.is_edited, rx.el.span(say("message.edited"), class_name="edited")),
                rx.cond(row.is_mine, _more(row)),
                class_name=rx.cond(row.is_big, "word big", "word"),
            ),
            rx.cond(row.is_mine & row.has_state, message_state(row)),
            class_name="in",
        ),
        class_name=f"{row.css} {row.state}",
        key=row.key,
        tab_index=-1,
        custom_attrs={"data-seq": row.seq},
    )


def _answer(row: Row) -> rx.Component:
    """What the assistant answered for all to read: marked as nobody's words."""
    return rx.el.li(
        rx.el.span(icon("compass"), class_name="seal-place"),
        rx.el.div(
            rx.el.p(
                rx.el.span(say("room.assistant"), class_name="alias"),
                rx.el.span(say("room.from_pages"), class_name="badge"),
                rx.el.time(row.time, date_time=row.iso, title=row.full),
                class_name="who",
            ),
            rx.el.div(_body(row), class_name="word"),
            class_name="in",
        ),
        class_name="msg answer",
        key=row.key,
        tab_index=-1,
        custom_attrs={"data-seq": row.seq},
    )


def _gone(row: Row, key: str) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(icon("remove", "i i-s"), say(key), class_name="word"),
            class_name="in",
        ),
        class_name="msg gone",
        key=row.key,
    )


def _seal(row: Row) -> rx.Component:
    return seal(row.shape, row.ink)


def _who(row: Row) -> rx.Component:
    return rx.cond(
        row.is_lead,
        rx.el.p(
            rx.el.span(row.alias, class_name="alias"),
            seal_number(row.number),
            gender_mark(row.gender),
            rx.cond(row.is_staff, rx.el.span(say("people.staff"), class_name="badge staff")),
            rx.cond(
                row.has_account,
                rx.el.span(icon("shield", "i i-xs"), say("people.account"), class_name="badge"),
            ),
            rx.el.time(row.time, date_time=row.iso, title=row.full),
            class_name="who",
        ),
        rx.el.span(_name(row), ":", class_name="sr"),
    )


def _name(row: Row) -> rx.Var[str]:
    numbered = rx.Var.create(f"{row.alias}, {say('seal.number', n=row.number)}")
    return rx.cond(row.number != "", numbered, row.alias)


def _body(row: Row) -> rx.Component:
    return rx.fragment(rx.foreach(row.parts, _part))


def _part(part: Part) -> rx.Component:
    return rx.cond(
        part.href != "",
        rx.el.a(
            part.text,
            href=part.href,
            target="_blank",
            rel="noopener noreferrer nofollow ugc",
            title=say("message.new_tab"),
        ),
        rx.el.span(part.text),
    )


def _more(row: Row) -> rx.Component:
    return rx.el.button(
        icon("more", "i i-s"),
        type="button",
        class_name="more-do",
        aria_label=say("message.actions_mine"),
        custom_attrs={"data-act": "menu", "data-id": row.client_id},
    )
