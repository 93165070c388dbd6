"""The entry: the plate of the place, the ticket of a guest, and below it the ways of an account."""

import reflex as rx

from treno_chat.domain.door.alias import MAX_TYPED
from treno_chat.domain.policy import Policy
from treno_chat.domain.words import Words
from treno_chat.web.browser.door import door
from treno_chat.web.browser.store import engine
from treno_chat.web.components.brand import brand, languages
from treno_chat.web.components.field import error, field
from treno_chat.web.components.gender import gender_choices
from treno_chat.web.components.icons import icon
from treno_chat.web.components.notice import notice
from treno_chat.web.components.passkey_notes import passkey_notes
from treno_chat.web.components.plate import plate
from treno_chat.web.components.ticket import ticket, validity_stub


def entry_page(
    words: Words,
    *,
    place_name: str | rx.Var[str] = "",
    here: str | rx.Var[str] = "",
    policy: Policy | None = None,
) -> rx.Component:
    """The entry in one language; `here` says how many are there, in words."""
    return rx.fragment(
        engine(door()),
        rx.el.a(words.say("app.skip"), href="#main", class_name="skip"),
        rx.el.main(
            rx.el.header(brand(words), languages(words), class_name="top"),
            rx.el.div(
                _where(words, place_name or words.say("app.name"), here),
                _known(words),
                _ticket(words, policy or Policy()),
                _skirt(words),
                class_name="cols",
            ),
            class_name="entry",
            id="main",
        ),
    )


def form_data(words: Words, entry: str) -> dict[str, str]:
    """Return what the browser must know of a form: which it is, and what to say when it fails."""
    return {
        "data-entry": entry,
        "data-say-offline": words.say("error.offline"),
        "data-say-cancelled": words.say("error.passkey_cancelled"),
        "data-say-failed": words.say("error.passkey_refused"),
    }


def hidden_fields(words: Words) -> rx.Component:
    """What goes along with a form: the language, the place, and where the person wanted to go."""
    return rx.fragment(
        rx.el.input(type="hidden", name="language", value=words.language),
        rx.el.input(type="hidden", name="place", default_value=""),
        rx.el.input(type="hidden", name="next", default_value=""),
    )


def alias_field(label: str, *, hint: str = "") -> rx.Component:
    """The alias; passkeys are offered in its list of suggestions."""
    return field(
        "alias",
        label=label,
        hint=hint,
        auto_complete="username webauthn",
        auto_capitalize="words",
        spell_check=False,
        max_length=MAX_TYPED,
        required=True,
        enter_key_hint="go",
    )


def other_ways(words: Words, key: str, *, page: str) -> rx.Component:
    """The way to passwords and the like; the browser's code shows it where there are any."""
    return rx.el.a(
        words.say(key),
        id="other-ways",
        href=f"/{words.language}/{page}",
        class_name="btn quiet",
        hidden=True,
    )


def _where(words: Words, name: str | rx.Var[str], here: str | rx.Var[str]) -> rx.Component:
    return rx.el.div(
        plate(name, here),
        _ended(words),
        rx.el.p(words.say("entry.lead"), class_name="sign s32 only-wide lead"),
        class_name="where",
    )


def _ended(words: Words) -> rx.Component:
    """What is said to somebody whose visit ended; shown when the address says `?ended`."""
    text = f"{words.say('ended.title')}. {words.say('ended.text')}"
    return rx.el.div(notice(text, is_boxed=True, id="ended", hidden=True), role="status")


def _known(words: Words) -> rx.Component:
    """What stands in place of the ticket while a session is live; the browser's code fills it."""
    return rx.el.section(
        rx.el.div(
            rx.el.div(rx.el.h2(words.say("entry.known"), class_name="sign"), class_name="band"),
            rx.el.div(class_name="fil"),
            rx.el.div(
                rx.el.p(words.say("entry.known_hint")),
                rx.el.a(
                    id="known-continue",
                    href="/",
                    class_name="btn act lg wide",
                    custom_attrs={"data-words": words.say("entry.continue", alias="{alias}")},
                ),
                rx.el.button(
                    words.say("entry.someone_else"),
                    id="known-else",
                    type="button",
                    class_name="btn edge wide",
                ),
                class_name="pad stack gap-14",
            ),
            class_name="body",
        ),
        id="known",
        class_name="ticket",
        hidden=True,
    )


def _ticket(words: Words, policy: Policy) -> rx.Component:
    return ticket(
        hidden_fields(words),
        alias_field(words.say("entry.alias"), hint=words.say("entry.alias_hint")),
        gender_choices(words.say),
        error(""),
        rx.el.button(
            words.say("entry.enter"), icon("forward"), type="submit", class_name="btn act lg wide"
        ),
        title=words.say("entry.ticket"),
        note=words.say("entry.guest"),
        stub=validity_stub(words, policy),
        action="/auth/enter",
        method="post",
        no_validate=True,
        custom_attrs=form_data(words, "guest"),
    )


def _skirt(words: Words) -> rx.Component:
    return rx.el.div(
        rx.el.button(
            icon("key"),
            words.say("entry.passkey"),
            type="button",
            class_name="btn edge lg wide needs-script",
            # The ceremony needs the page's code: until that is there, pressing would do nothing.
            disabled=True,
            custom_attrs={"data-passkey": "login"},
        ),
        rx.el.div(
            rx.el.a(
                words.say("entry.create"),
                href=f"/{words.language}/account",
                class_name="btn quiet",
                custom_attrs={"data-passkey": "create"},
            ),
            rx.el.a(
                words.say("entry.lost"),
                href=f"/{words.language}/recover",
                class_name="btn quiet",
                custom_attrs={"data-passkey": "lost"},
            ),
            other_ways(words, "entry.other_ways", page="login"),
            class_name="line links needs-script",
        ),
        passkey_notes(words, class_name="t13 aside"),
        rx.el.p(words.say("noscript.entry"), class_name="t15 aside without-script"),
        class_name="skirt",
    )
