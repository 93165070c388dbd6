"""What an operator does about staff: makes somebody one of them, and announces in their name."""

import subprocess
import sys

from tests.support.person import Person
from tests.support.server import ROOT, Server

PLACE_SLUG = "treno-lucca-aulla"
WITHOUT_AUTOFILL = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"


def becomes_staff(server: Server, person: Person) -> None:
    """Make an account, and let the operator make its owner staff."""
    person.page.add_init_script(WITHOUT_AUTOFILL)
    person.signs_up(person.gets_an_authenticator(), phone="+39 347 123 4567")
    _commands(server, "grant", person.alias)


def is_announced(server: Server, text: str) -> None:
    """Let the operator announce something."""
    _commands(server, "announce", text)


def _commands(server: Server, what: str, about: str) -> None:
    words = ("staff", what, "--place", PLACE_SLUG, about)
    subprocess.run(  # noqa: S603 -- our own command line
        [sys.executable, "-m", "treno_chat", *words],
        check=True,
        env=server.environment(),
        cwd=ROOT,
        capture_output=True,
    )
