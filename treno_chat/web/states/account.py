"""A person's own account on one screen: read here, changed over HTTP alone."""

import reflex as rx

from treno_chat.actions.account.overview import view_account
from treno_chat.web.account_cards import (
    AccountCard,
    PasskeyCard,
    ProviderCard,
    SessionCard,
    account_card,
    passkey_cards,
    provider_cards,
    session_cards,
)
from treno_chat.web.caller import caller
from treno_chat.web.house import house, look


class AccountState(rx.State):
    """What is held about the person behind this tab; nothing secret ever comes here."""

    card: rx.Field[AccountCard] = rx.field(default_factory=AccountCard)
    passkeys: rx.Field[list[PasskeyCard]] = rx.field(default_factory=list)
    providers: rx.Field[list[ProviderCard]] = rx.field(default_factory=list)
    sessions: rx.Field[list[SessionCard]] = rx.field(default_factory=list)

    @rx.event
    async def open(self) -> None:
        """Read everything anew: when the page opens, and after whatever changed."""
        view = await look(view_account, caller().principal)
        self.card = account_card(
            view, now=house().transactions.clock(), has_passwords=house().has_passwords
        )
        self.passkeys = passkey_cards(view.passkeys)
        self.providers = provider_cards(view, house().providers)
        self.sessions = session_cards(view.sessions)
