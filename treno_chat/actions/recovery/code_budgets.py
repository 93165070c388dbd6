"""Budgets of codes by SMS: of a number, of a network, of a prefix, and of all of us together."""

from treno_chat.actions.recovery.code_binding import lock_of
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.addresses import network_of
from treno_chat.domain.recovery.codes import (
    DAY,
    HOUR,
    Verification,
    seconds_until,
    wait_for_network,
    wait_for_number,
)
from treno_chat.domain.refusals import TooFast
from treno_chat.stores.recovery import verifications


def network_print(tx: Transaction, address: str) -> str:
    """Return what may be kept of where a code was asked for from."""
    return tx.vault.fingerprint(f"network {network_of(address)}")


def require_room(tx: Transaction, given: Verification) -> None:
    """Refuse a code that would be too much."""
    if locked := lock_of(tx, given):
        raise locked
    _require_room_of_number(tx, given)
    _require_room_of_network(tx, given)
    _require_money(tx, given)


def _require_room_of_number(tx: Transaction, given: Verification) -> None:
    sent_at = verifications.sent_to(
        tx.db, given.phone_fingerprint, user_id=given.user_id, since=tx.now - DAY
    )
    if seconds := wait_for_number(tx.policy.codes, sent_at, tx.now):
        raise TooFast("code_too_soon", seconds=seconds)


def _require_room_of_network(tx: Transaction, given: Verification) -> None:
    # Decoys count alike: that there is room tells nothing of a number.
    asked_at = verifications.asked_from(tx.db, given.network, since=tx.now - DAY)
    if seconds := wait_for_network(tx.policy.codes, asked_at, tx.now):
        raise TooFast("sms_network", seconds=seconds)


def _require_money(tx: Transaction, given: Verification) -> None:
    # Only what was really sent costs money; decoys could otherwise use it all up.
    policy = tx.policy.codes
    alike, total, oldest = verifications.spent(tx.db, given.prefix, since=tx.now - HOUR)
    if oldest and (alike >= policy.prefix_per_hour or total >= policy.all_per_hour):
        raise TooFast("sms_budget", seconds=seconds_until(oldest + HOUR, tx.now))
