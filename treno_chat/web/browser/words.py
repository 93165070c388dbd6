"""The words inside: the catalogue of the page's language, chosen when the page comes alive.

Before that nothing carries words: the server does not know whose page it pre-renders.
"""

from typing import Any, cast

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData

from treno_chat.web.browser.store import IMPORTS, STORE


def say(key: str, **values: rx.Var[Any] | str | int) -> rx.Var[str]:
    """Return the words of a key in the page's language, filled in with `values`."""
    filled = "".join(f'.replaceAll("{{{name}}}", {_text(value)})' for name, value in values.items())
    return _spoken(f'words("{key}"){filled}', *values.values())


def say_chosen(key: rx.Var[str], **values: rx.Var[Any] | str | int) -> rx.Var[str]:
    """Return the words of a key that is known only in the browser."""
    filled = "".join(f'.replaceAll("{{{name}}}", {_text(value)})' for name, value in values.items())
    return _spoken(f"words({key!s}){filled}", key, *values.values())


def say_count(key: str, count: rx.Var[int]) -> rx.Var[str]:
    """Return the words for one or for many."""
    chosen = f'words({count!s} === 1 ? "{key}.one" : "{key}.other")'
    return _spoken(f'{chosen}.replaceAll("{{n}}", String({count!s}))', count)


def either(
    condition: rx.Var[bool], this: rx.Var[str] | str, that: rx.Var[str] | str
) -> rx.Var[str]:
    """Return one of two texts."""
    return cast("rx.Var[str]", rx.cond(condition, this, that))


def _text(value: rx.Var[Any] | str | int) -> str:
    return f"String({Var.create(value)!s})"


def _spoken(expression: str, *parts: object) -> rx.Var[str]:
    data = VarData(
        hooks={STORE: None, WORDS: None},
        imports={**IMPORTS, "react": [ImportVar(tag="useSyncExternalStore")], **_catalogues()},
    )
    brought = (
        Var.create(part)._get_all_var_data()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        for part in parts
    )
    merged = VarData.merge(data, *brought)
    return Var(_js_expr=expression, _var_type=str, _var_data=merged).to(str)


WORDS = """const words = useSyncExternalStore(
  memory.subscribe,
  () => {
    const kind = memory.getState().placeKind;
    const spoken = document.documentElement.lang === "en" ? en : it;
    return (refs.treno_words ??= {})[kind] ??=
      (key) => (kind !== "train" && (spoken[key + "@" + kind] ?? spoken[key + "@place"]))
        || spoken[key] || key;
  },
  () => (refs.treno_silence ??= () => ""),
)"""


def _catalogues() -> dict[str, list[ImportVar]]:
    return {
        f"$/public/words/{language}.json": [ImportVar(tag=language, is_default=True)]
        for language in ("it", "en")
    }
