"""The front of the whole program: what every request passes before anything of Reflex."""

from collections.abc import Mapping

from starlette.types import ASGIApp

from treno_chat.actions.transaction import Transactions
from treno_chat.api.front.cors import Cors
from treno_chat.api.front.doorway import Doorway
from treno_chat.api.front.faults import Faults
from treno_chat.api.front.guard import Guard
from treno_chat.api.front.hidden import Hidden
from treno_chat.api.front.shell import Shell
from treno_chat.api.house import Catalogues

NOTHING: Mapping[str, str] = {}


def in_front_of(
    inner: ASGIApp,
    *,
    transactions: Transactions,
    words: Catalogues,
    policy: str,
    origins: tuple[str, ...],
    policies: Mapping[str, str] = NOTHING,
    proxy_hops: int = 0,
    is_production: bool = False,
) -> ASGIApp:
    """Let in what came to our own name, dress whatever is answered, hide, permit and guard.

    Behind the guard no request names its origin. Reflex puts a CORS layer of its own around
    everything, three times; without an origin none of them permits or refuses anything.
    """
    guarded = Guard(inner, origins=origins, words=words)
    shell = Shell(
        app=Hidden(Cors(guarded, origins=origins), words=words),
        transactions=transactions,
        words=words,
        policy=policy,
        is_production=is_production,
        policies=policies,
    )
    doorway = Doorway(
        app=shell,
        origins=origins,
        words=words,
        proxy_hops=proxy_hops,
        is_production=is_production,
    )
    return Faults(app=doorway, words=words, proxy_hops=proxy_hops)
