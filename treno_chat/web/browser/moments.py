"""Moments as people say them, in the page's language and on the reader's own clock."""

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData

from treno_chat.web.browser.regions import LOCALE
from treno_chat.web.browser.store import IMPORTS, STORE

MOMENT = """const moment = useSyncExternalStore(
  memory.subscribe,
  () => (refs.treno_moment ??= (at, isDay) => at ? new Intl.DateTimeFormat(
    LOCALE, isDay ? { day: "numeric", month: "long" }
      : { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" }).format(at) : ""),
  () => (refs.treno_silence ??= () => ""),
)""".replace("LOCALE", LOCALE)


def day(at: rx.Var[int]) -> rx.Var[str]:
    """Return the day of a moment in milliseconds."""
    return _said(at, "true")


def moment(at: rx.Var[int]) -> rx.Var[str]:
    """Return the day and the time."""
    return _said(at, "false")


def _said(at: rx.Var[int], is_day: str) -> rx.Var[str]:
    data = VarData(
        hooks={STORE: None, MOMENT: None},
        imports={**IMPORTS, "react": [ImportVar(tag="useSyncExternalStore")]},
    )
    brought = at._get_all_var_data()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    expression = f"moment({at!s}, {is_day})"
    return Var(_js_expr=expression, _var_type=str, _var_data=VarData.merge(data, brought)).to(str)
