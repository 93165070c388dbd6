"""Access tokens: minted for a live session, and good only as long as that lives."""

from treno_chat.actions.audit import record
from treno_chat.actions.door.sessions import look_up, note_use
from treno_chat.actions.tokens.signing_keys import current_key, find_key, private_half
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.lifetimes import needs_keep_alive
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.refusals import NotSignedIn
from treno_chat.domain.tokens.access_tokens import Minted, TrustedIssuer, prove, sign
from treno_chat.domain.tokens.jws import Unproven, read_unproven, refused
from treno_chat.stores.door import principals


def mint(tx: Transaction, principal: Principal) -> Minted:
    """Return a token that speaks for a live session, until that ends."""
    current = look_up(tx, principal.session.id)
    key = current_key(tx)
    session = current.session
    record(tx, AuthEventKind.TOKEN_MINTED, user_id=current.user.id, session_id=session.id)
    return sign(
        kid=key.kid,
        algorithm=key.algorithm,
        private_pem=private_half(tx, key) or "",
        expected=tx.policy.tokens.expected(),
        user_id=current.user.id,
        session_id=session.id,
        now=tx.now,
        ends_at=session.ends_at,
    )


def read_token(
    transactions: Transactions, token: str, *, trusted: TrustedIssuer | None = None
) -> Principal:
    """Return who is behind a token, or refuse it; the session is looked up every time."""
    unproven = read_unproven(token)
    if trusted is not None and unproven.issuer == trusted.issuer:
        return _theirs(transactions, unproven, trusted)
    with transactions.reading() as tx:
        principal = _ours(tx, unproven)
    if needs_keep_alive(principal, transactions.clock(), transactions.policy):
        note_use(transactions, principal)
    return principal


def _ours(tx: Transaction, unproven: Unproven) -> Principal:
    key = find_key(tx, unproven.kid)
    proven = prove(unproven, key, expected=tx.policy.tokens.expected(), now=tx.now)
    try:
        principal = look_up(tx, proven.session_id)
    except NotSignedIn as over:
        raise refused("the session is over") from over
    if principal.user.id != proven.user_id:
        raise refused("the session is somebody else's")
    return principal


def _theirs(transactions: Transactions, unproven: Unproven, trusted: TrustedIssuer) -> Principal:
    """Return the person whom a trusted issuer's subject was connected with, while they are here.

    Such a token has no session of ours: it speaks in the newest that its person has, so that who
    logs out everywhere, or is shut out, is out by this way as well.
    """
    # Before anything is opened: it may have to be fetched.
    key = trusted.keys.key(unproven.kid)
    with transactions.reading() as tx:
        proven = prove(unproven, key, expected=trusted.expected(), now=tx.now)
        found = principals.get_by_external(tx.db, proven.issuer, proven.user_id, now=tx.now)
    if found is None:
        raise refused("nobody who is signed in")
    return found
