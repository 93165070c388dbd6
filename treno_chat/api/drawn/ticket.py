"""The ticket as plain HTML: the form of the entry, and the stub that says what is kept."""

from collections.abc import Mapping

from treno_chat.api.drawn.frame import symbol
from treno_chat.api.drawn.markup import Markup, element, join
from treno_chat.domain.door.alias import MAX_TYPED
from treno_chat.domain.people import Gender
from treno_chat.domain.policy import Policy
from treno_chat.domain.words import Words


def ticket(
    words: Words, values: Mapping[str, str], errors: Mapping[str, str], policy: Policy
) -> Markup:
    """Return the ticket: what was typed kept, each refusal beside its field."""
    band = element(
        "div",
        element("span", words.say("entry.ticket")),
        element("span", words.say("entry.guest")),
        class_="band",
    )
    kept = {"language": words.language, **{n: values.get(n, "") for n in ("place", "next")}}
    fields = element(
        "div",
        *(element("input", type="hidden", name=n, value=value) for n, value in kept.items()),
        _alias(words, values.get("alias", ""), errors.get("alias")),
        _genders(words, values.get("gender", ""), errors.get("gender")),
        _error("form", errors.get("")),
        _enter(words),
        class_="pad stack gap-14",
    )
    return element(
        "form",
        element("div", band, element("div", class_="fil"), fields, class_="body"),
        _stub(words, policy),
        class_="ticket",
        action="/auth/enter",
        method="post",
        novalidate=True,
        aria_label=words.say("entry.ticket"),
    )


def _enter(words: Words) -> Markup:
    arrow = symbol("icons", "forward", "i")
    return element(
        "button", words.say("entry.enter"), arrow, type="submit", class_="btn act lg wide"
    )


def _alias(words: Words, typed: str, error: str | None) -> Markup:
    return element(
        "div",
        element("label", words.say("entry.alias"), for_="alias"),
        element(
            "input",
            class_="input",
            id="alias",
            name="alias",
            value=typed,
            maxlength=MAX_TYPED,
            autocomplete="nickname",
            autocapitalize="words",
            spellcheck="false",
            required=True,
            autofocus=error is not None,
            aria_invalid="true" if error else None,
            aria_describedby="alias-hint alias-error" if error else "alias-hint",
        ),
        element("p", words.say("entry.alias_hint"), class_="hint", id="alias-hint"),
        _error("alias", error),
        class_="field",
    )


def _genders(words: Words, chosen: str, error: str | None) -> Markup:
    return element(
        "fieldset",
        element("legend", words.say("entry.gender"), class_="label"),
        element(
            "div",
            *(_gender(words, gender, chosen, error) for gender in Gender),
            class_="choices",
        ),
        _error("gender", error),
        aria_describedby="gender-error" if error else None,
    )


def _gender(words: Words, gender: Gender, chosen: str, error: str | None) -> Markup:
    radio = element(
        "input",
        type="radio",
        name="gender",
        value=gender,
        checked=gender == chosen,
        required=True,
        aria_invalid="true" if error else None,
        aria_describedby="gender-error" if error else None,
    )
    label = element("span", symbol("icons", gender, "i i-s"), words.say(f"gender.{gender}"))
    return element("label", radio, label, class_="choice")


def _error(name: str, text: str | None) -> Markup:
    if not text:
        return Markup()
    mark = symbol("icons", "alert", "i i-s")
    return element("p", mark, element("span", text), class_="error", id=f"{name}-error")


def _stub(words: Words, policy: Policy) -> Markup:
    hours = policy.promised_hours()
    told = element(
        "div",
        element("p", words.count("entry.valid", hours["hours"]), class_="sign s19"),
        element("p", words.say("entry.gone"), class_="t15"),
        _kept(words, hours),
        class_="stack gap-4",
    )
    serial = element(
        "span", f"TRENO CHAT · {hours['hours']} H", class_="serial num", aria_hidden="true"
    )
    return element("div", element("div", told, serial, class_="pad keeps"), class_="stub guilloche")


def _kept(words: Words, hours: Mapping[str, int]) -> Markup:
    rows = (
        element(
            "div",
            element("dt", words.say(f"kept.{what}")),
            element("dd", words.say(f"kept.{what}_until", **hours)),
        )
        for what in ("identity", "messages", "account")
    )
    return element(
        "details",
        element("summary", words.say("entry.kept")),
        element("dl", join(*rows), class_="kept"),
    )
