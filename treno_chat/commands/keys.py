"""`keys`: what our access tokens are signed with."""

from argparse import ArgumentParser, Namespace

from treno_chat.actions.tokens import signing_keys
from treno_chat.commands.columns import json_switch, show_lines
from treno_chat.commands.units import opened_transactions
from treno_chat.domain.operations.roster import KeyLine
from treno_chat.domain.tokens.signing_keys import StoredKey


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    known = commands.add_parser("list", parents=[json_switch()], help="say which keys are known")
    known.set_defaults(run=_list)
    rotate = commands.add_parser("rotate", help="sign with a new key; what was signed stays good")
    rotate.set_defaults(run=_rotate)
    retire = commands.add_parser("retire", help="forget a key at once, with all that it signed")
    retire.add_argument("kid", metavar="KEY", help="its id")
    retire.set_defaults(run=_retire)


def _list(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        lines = [_line(key) for key in signing_keys.known_keys(tx)]
    none = "There is no key yet: the first server that starts makes one."
    show_lines(lines, as_json=asked.json, none=none)
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


def _line(key: StoredKey) -> KeyLine:
    return KeyLine(
        kid=key.kid,
        algorithm=key.algorithm,
        created_at=key.created_at,
        retired_at=key.retired_at,
    )
