"""Making somebody staff, as an operator does."""

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
    words = ("staff", "grant", "--place", PLACE_SLUG, person.alias)
    subprocess.run(  # noqa: S603 -- our own command line
        [sys.executable, "-m", "treno_chat", *words],
        check=True,
        env=server.environment(),
        cwd=ROOT,
        capture_output=True,
    )
