"""`keys`: what our access tokens are signed with."""

from argparse import ArgumentParser, Namespace

from treno_chat.actions import signing_keys
from treno_chat.commands.units import opened_transactions
from treno_chat.domain.signing_keys import StoredKey


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("list", help="say which keys are known").set_defaults(run=_list)
    rotate = commands.add_parser("rotate", help="sign with a new key; what was signed stays good")
    rotate.set_defaults(run=_rotate)
    retire = commands.add_parser("retire", help="forget a key at once, with all that it signed")
    retire.add_argument("kid", metavar="KEY", help="its id")
    retire.set_defaults(run=_retire)


def _list(_asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        keys = signing_keys.known_keys(tx)
    for key in keys:
        print(_line(key))
    if not keys:
        print("There is no key yet: the first server that starts makes one.")
    return 0


def _rotate(_asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        key = signing_keys.rotate(tx)
    print(f"{key.kid} signs from now on.")
    return 0


def _retire(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        key = signing_keys.retire(tx, asked.kid)
    print(f"{asked.kid} is forgotten; {key.kid} signs.")
    return 0


def _line(key: StoredKey) -> str:
    since = f"{key.created_at:%Y-%m-%d %H:%M} UTC"
    if key.retired_at is None:
        return f"{key.kid} ({key.algorithm}) signs since {since}"
    return f"{key.kid} ({key.algorithm}) of {since}, proves since {key.retired_at:%Y-%m-%d %H:%M}"
