"""Contract (8): whatever breaks while a guest registers, the guest is as before and tries again."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from tests.actions.signing_up import people, sign_up
from tests.conftest import Heard
from tests.support.authenticator import Authenticator
from treno_chat.actions.door.sessions import continue_session, look_up
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.ceremonies import verify_registration
from treno_chat.domain.door.passkeys import Credential
from treno_chat.domain.door.sessions import Principal
from treno_chat.stores import tables


class PowerCut(Exception):
    """Nothing that anybody foresaw."""


def cut(*_args: object, **_kwargs: object) -> None:
    raise PowerCut


def then_cut(patched: pytest.MonkeyPatch, step: str) -> Callable[..., Credential]:
    """Verify as ever, and let a step of what follows break."""

    def verify(*args: object, **kwargs: Any) -> Credential:  # noqa: ANN401 -- passed on
        proven = verify_registration(*args, **kwargs)
        patched.setattr(f"treno_chat.stores.{step}", cut)
        return proven

    return verify


@pytest.mark.parametrize(
    "step",
    [
        "door.visits.quarantine",
        "door.users.register",
        "door.passkeys.add",
        "door.login_sessions.renew",
        "door.login_sessions.move",
        "door.visits.change",
        "operations.auth_events.add",
        "database.Session.commit",
    ],
)
def test_contract_8_a_failure_at_any_step_leaves_the_guest_as_they_were(
    transactions: Transactions,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
    ada: Principal,
    step: str,
) -> None:
    heard.events.clear()
    key = Authenticator()
    with transactions.reading() as tx:
        written = len(tx.db.exec(select(tables.AuthEvent)).all())
    with monkeypatch.context() as patched:
        # Of the last unit alone: the ones before it give and take the challenge.
        patched.setattr(
            "treno_chat.actions.door.sign_up.verify_registration", then_cut(patched, step)
        )
        with pytest.raises(PowerCut):
            sign_up(transactions, key, alias="Dora", current=ada)

    assert heard.events == []
    assert people(transactions) == {"Ada": True}
    with transactions.writing() as tx:
        assert look_up(tx, ada.session.id) == ada
        assert continue_session(tx, ada, place_slug="treno-lucca-aulla").principal == ada
        assert tx.db.exec(select(tables.Passkey)).all() == []
        assert tx.db.exec(select(tables.AliasQuarantine)).all() == []
        # The going on above is the only thing written down since.
        assert len(tx.db.exec(select(tables.AuthEvent)).all()) == written + 1

    assert not sign_up(transactions, key, alias="Dora", current=ada).principal.user.is_anonymous
