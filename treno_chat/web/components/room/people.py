"""Who is here: the pane beside the room, or the sheet over it on a phone."""

from dataclasses import dataclass

import reflex as rx

from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say
from treno_chat.web.components.gender import gender_mark
from treno_chat.web.components.seal import seal, seal_number
from treno_chat.web.components.sheet import sheet
from treno_chat.web.faces import Face


@dataclass(frozen=True, kw_only=True, slots=True)
class Present(Face):
    """A person as the pane shows them."""

    id: str = ""
    number: str = ""
    staff: bool = False
    account: bool = False


def people_pane() -> rx.Component:
    """The pane of a wide screen."""
    return rx.el.aside(_head(), _list(), class_name="pane people", aria_label=say("people.title"))


def people_sheet() -> rx.Component:
    """The sheet of a phone, opened from the bar."""
    return sheet("people", say("people.title"), _rows())


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.h2(say("people.title"), class_name="title grow"),
        rx.el.span(memory("count", int), class_name="num soft tally"),
        class_name="bar plain",
    )


def _list() -> rx.Component:
    return rx.el.div(_rows(), class_name="scroll", tab_index=0, aria_label=say("people.title"))


def _rows() -> rx.Component:
    people = memory("people", list[Present])
    more = memory("count", int) - people.length()
    return rx.fragment(
        rx.el.ul(rx.foreach(people, _person), class_name="crowd"),
        rx.cond(more > 0, rx.el.p(say("people.more", n=more), class_name="t13 soft crowd-more")),
    )


def _person(person: Present) -> rx.Component:
    is_twin = memory("twins", list[str]).contains(person.alias)
    return rx.el.li(
        seal(person.shape, person.ink),
        rx.el.span(
            rx.el.span(
                rx.el.span(person.alias, class_name="alias cut"),
                seal_number(rx.cond(is_twin, person.number, "")),
                rx.cond(
                    person.id == memory("me", str),
                    rx.el.span(say("people.you"), class_name="badge"),
                ),
                gender_mark(person.gender),
                rx.cond(person.staff, rx.el.span(say("people.staff"), class_name="badge staff")),
                class_name="line tight",
            ),
            rx.cond(person.account, rx.el.span(say("people.has_account"), class_name="t13 soft")),
            class_name="grow",
        ),
        class_name="row person",
        key=person.id,
    )
