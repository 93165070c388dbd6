"""Where one is signed in: this browser, and the others, which can be shut out."""

import reflex as rx

from treno_chat.web.account_cards import SessionCard
from treno_chat.web.browser.moments import moment
from treno_chat.web.browser.words import either, say
from treno_chat.web.components.account.section import row, section
from treno_chat.web.components.own_form import own_form, submit
from treno_chat.web.states.account import AccountState


def sessions_section() -> rx.Component:
    """The list, with an end for each of the others and one for all."""
    return section(
        say("account.sessions"),
        own_form(
            "session-end",
            # The first button is what Enter presses: it must not be somebody's end.
            rx.el.button(type="submit", hidden=True),
            rx.el.ul(rx.foreach(AccountState.sessions, _session), class_name="card rows"),
            css="stack gap-8",
        ),
        rx.cond(
            AccountState.sessions.length() > 1,
            own_form(
                "session-end-others",
                submit(say("account.end_others"), css="btn quiet plain", glyph="exit"),
                css="stack gap-8 after",
            ),
        ),
    )


def _session(session: SessionCard) -> rx.Component:
    device = either(rx.Var.create(session.device) == "", say("account.device"), session.device)
    seen = moment(rx.Var.create(session.seen).to(int))
    return row(
        rx.Var.create(session.kind).to(str),
        device,
        rx.cond(session.place == "", rx.fragment(), session.place),
        rx.cond(session.is_this, say("account.seen_now"), say("account.seen", time=seen)),
        end=rx.cond(
            session.is_this,
            rx.el.span(say("account.this_one"), class_name="badge go"),
            rx.el.button(
                say("account.end"),
                type="submit",
                name="id",
                value=session.id,
                class_name="btn quiet",
                aria_label=say("account.end_named", device=device),
            ),
        ),
    )
