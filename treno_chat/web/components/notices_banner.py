"""What one must be told of one's account: one calm sentence at a time, until it is put away.

What can still be called off stays until it was, or until it is over.
"""

import reflex as rx

from treno_chat.web.account_cards import NoticeCard
from treno_chat.web.browser.moments import moment
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import either, say, say_chosen
from treno_chat.web.components.icons import icon
from treno_chat.web.states.notices import NoticesState

# What only somebody else would have done unasked.
GRAVE = ("recovery_pending", "recovery_lapsed", "counter_regressed")


def notices_banner(css: str = "told") -> rx.Component:
    """The first of them; the next one comes when that is put away."""
    return rx.el.div(rx.foreach(NoticesState.unread[:1], _notice), class_name=css, role="status")


def _notice(notice: NoticeCard) -> rx.Component:
    at = moment(rx.Var.create(notice.at).to(int))
    words = say_chosen(rx.Var.create(f"notice.{notice.kind}"), name=notice.subject, time=at)
    is_grave = rx.Var.create(GRAVE).contains(notice.kind)
    return rx.el.div(
        rx.el.span(
            class_name=either(is_grave, "signal warn", "signal"),
            aria_hidden=True,
        ),
        rx.el.p(words, _failure(), class_name="grow"),
        rx.cond(notice.can_be_called_off, _cancel(notice), _put_away(notice)),
        class_name=either(is_grave, "notice warn", "notice"),
    )


def _cancel(notice: NoticeCard) -> rx.Component:
    return rx.el.button(
        say("notice.not_me"),
        type="button",
        class_name="btn edge",
        custom_attrs={"data-notice": notice.id, "data-answer": "cancel"},
    )


def _put_away(notice: NoticeCard) -> rx.Component:
    return rx.el.button(
        icon("close"),
        type="button",
        class_name="icon",
        aria_label=say("notice.put_away"),
        custom_attrs={"data-notice": notice.id},
    )


def _failure() -> rx.Component:
    return rx.cond(
        memory("about", str) == "cancel-failed",
        rx.el.span(say("error.offline"), class_name="alias name"),
    )
