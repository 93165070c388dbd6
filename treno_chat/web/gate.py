"""The gate before every handler: who it is, whether they may, how often. In doubt: no."""

# Reflex names no public way to the root of a state; helpers of a State start with _ by rule.
# pyright: reportPrivateUsage=false

from dataclasses import dataclass, replace
from enum import Enum, auto

from anyio import to_thread
from pydantic import ValidationError
from reflex.app import App
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.constants.route import RouteVar

from treno_chat.actions.door import sessions
from treno_chat.actions.lanes import TALK
from treno_chat.domain.door.lifetimes import needs_keep_alive
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import SessionId
from treno_chat.domain.refusals import NotSignedIn, TooFast
from treno_chat.realtime.connections import Connection
from treno_chat.web import wire, witness
from treno_chat.web.asks import Ask, Nothing
from treno_chat.web.caller import Caller, set_caller
from treno_chat.web.house import house, look
from treno_chat.web.states.session import SessionState


class Who(Enum):
    """Who may call a handler."""

    PUBLIC = auto()
    GUEST = auto()
    # A session, and its action asks itself who that is and how often they come. It does not keep
    # the session alive: the page's heartbeat, an event like any other (RoomState.here), does.
    SENDER = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What a handler asks of its caller; `fills` is what a page begins with, on an empty state."""

    who: Who
    fills: bool = False
    asks: type[Ask] = Nothing
    is_send: bool = False
    is_open: bool = False
    is_change: bool = False


class Gate(Middleware):
    """Runs before every handler, the ones that Reflex brings included."""

    def __init__(self, rules: dict[str, Rule]) -> None:
        self.rules = rules

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Return None to let the event through, or an update that ends it here."""
        rule = self.rules.get(event.name)
        connection = house().realtime.connections.get(_socket_of(state, event))
        witness.see(connection)
        if rule is None or connection is None or not _is_well_formed(event, rule):
            await witness.saw_denied(connection, event.name)
            return StateUpdate()
        owner = await state.get_state(SessionState)
        if owner._is_empty() and not rule.fills:
            # Redis forgot what the page shows; coming back it gets everything anew, and says again
            # what was not answered. Any other answer would empty its room.
            house().realtime.server.cut_transport(connection.sid)
            return StateUpdate()
        witness.saw_allowed(event.name)
        if not owner._is_of(connection.session_id):
            _forget_another_session(owner, connection)
        return None if rule.who is Who.PUBLIC else await _admit(connection, event, rule)


async def _admit(connection: Connection, event: Event, rule: Rule) -> StateUpdate | None:
    """Let a caller with a live session through, at the pace of the rule."""
    if connection.holder is None:
        return StateUpdate(delta=wire.ENDED["delta"])
    caller = Caller(connection=connection, holder=connection.holder)
    if rule.who is Who.SENDER:
        set_caller(caller)
        return None
    try:
        principal = await _present(connection.holder.session_id)
    except NotSignedIn:
        return StateUpdate(delta=wire.ENDED["delta"])
    set_caller(replace(caller, known=principal))
    return await _too_fast(principal, event, rule, connection)


def _socket_of(state: BaseState, event: Event) -> str:
    """Return the socket id; an event that a handler chains carries none, the state remembers it.

    The server itself writes it into every event of a client, whatever the client put there.
    """
    remembered = state._get_root_state().router_data
    sid = event.router_data.get(RouteVar.SESSION_ID) or remembered.get(RouteVar.SESSION_ID)
    return str(sid)


def _is_well_formed(event: Event, rule: Rule) -> bool:
    try:
        rule.asks.model_validate(event.payload)
    except ValidationError:
        return False
    return True


def _forget_another_session(owner: SessionState, connection: Connection) -> None:
    """Empty a state that somebody else filled: the client token is a label, not a credential."""
    owner._get_root_state().reset()
    owner._belong_to(connection.session_id)


async def _present(session_id: SessionId) -> Principal:
    principal = await look(sessions.look_up, session_id)
    transactions = house().transactions
    if needs_keep_alive(principal, transactions.clock(), transactions.policy):
        await to_thread.run_sync(sessions.note_use, transactions, principal, limiter=TALK)
    return principal


async def _too_fast(
    principal: Principal, event: Event, rule: Rule, connection: Connection
) -> StateUpdate | None:
    limits = house().limits
    checks = [
        (limits.check_send, rule.is_send),
        (limits.check_open, rule.is_open),
        (limits.check_change, rule.is_change),
    ]
    try:
        for check, is_asked in checks:
            if is_asked:
                await to_thread.run_sync(check, principal, limiter=TALK)
    except TooFast as refused:
        await witness.saw_limited(connection, event.name)
        # On the bubble itself; an edit has none, the page says it beside the field.
        client_id = str(event.payload.get("client_id", ""))
        seq = int(event.payload.get("seq", 0))
        packet = wire.refusal(client_id, refused, at=house().transactions.clock(), seq=seq)
        return StateUpdate(delta=packet["delta"])
    return None
