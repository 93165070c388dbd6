"""The addresses: every page in one list."""

from collections.abc import Callable, Mapping
from functools import partial, update_wrapper

import reflex as rx

from treno_chat.domain.words import Language, Words
from treno_chat.web.pages.account import account_page
from treno_chat.web.pages.assistant import assistant_page
from treno_chat.web.pages.create_account import create_account_page
from treno_chat.web.pages.desk import desk_page
from treno_chat.web.pages.entry import entry_page
from treno_chat.web.pages.lost import lost_page
from treno_chat.web.pages.password import PAGES, title_of
from treno_chat.web.pages.recover import recover_page
from treno_chat.web.pages.room import room_page, rooms_page
from treno_chat.web.pages.tasks import tasks_page
from treno_chat.web.states.account import AccountState
from treno_chat.web.states.assistant import AssistantState
from treno_chat.web.states.desk import DeskState
from treno_chat.web.states.notices import NoticesState
from treno_chat.web.states.room import RoomState
from treno_chat.web.states.tasks import TasksState


def add_pages(app: rx.App, catalogues: Mapping[Language, Words]) -> None:
    """Add every page: the entry once a language, the inside once for all."""
    for language, words in catalogues.items():
        app.add_page(
            _spoken(entry_page, words), route=f"/{language}", title=words.say("app.name"), meta=META
        )
        app.add_page(
            _spoken(create_account_page, words),
            route=f"/{language}/account",
            title=f"{words.say('entry.create')} · {words.say('app.name')}",
            meta=META,
        )
        app.add_page(
            _spoken(recover_page, words),
            route=f"/{language}/recover",
            title=f"{words.say('recover.bar')} · {words.say('app.name')}",
            meta=META,
        )
        for name, of_passwords in PAGES.items():
            app.add_page(
                _spoken(of_passwords, words),
                route=f"/{language}/{name}",
                title=f"{title_of(words, name)} · {words.say('app.name')}",
                meta=META,
            )
    for route, page in (
        ("/p/[place_slug]", rooms_page),
        ("/p/[place_slug]/[room_slug]", room_page),
    ):
        app.add_page(
            page,
            route=route,
            title="Treno Chat",
            on_load=[RoomState.open, NoticesState.ask],
            meta=META,
        )
    app.add_page(
        tasks_page,
        route="/tasks",
        title="Treno Chat",
        on_load=[TasksState.open, NoticesState.ask],
        meta=META,
    )
    app.add_page(
        assistant_page,
        route="/assistant/[[conversation]]",
        title="Treno Chat",
        on_load=[AssistantState.open, NoticesState.ask],
        meta=META,
    )
    app.add_page(
        desk_page,
        route="/desk/[place_slug]",
        title="Treno Chat",
        on_load=[DeskState.open, NoticesState.ask],
        meta=META,
    )
    app.add_page(
        account_page,
        route="/account",
        title="Treno Chat",
        on_load=[AccountState.open, NoticesState.ask],
        meta=META,
    )
    app.add_page(lost_page, route="404", title="Treno Chat", meta=META)


def _spoken(page: Callable[[Words], rx.Component], words: Words) -> Callable[[], rx.Component]:
    """Return a page in one language, as of its own module: what Reflex bundles lies by module.

    Of pages that were made here the entry would load the code of all.
    """
    return update_wrapper(partial(page, words), page)


META: list[dict[str, str]] = [
    {
        "name": "viewport",
        "content": "width=device-width, initial-scale=1, viewport-fit=cover, "
        "interactive-widget=resizes-content",
    },
]
