"""Mail by SMTP: encrypted as it was asked for, told apart when it fails."""

import ssl
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.policy import default
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.support.mail_server import MailServer, serving
from tests.support.patience import PATIENCE
from treno_chat.domain.other_ways.mail import Mail, MailFailed, MailRefused
from treno_chat.domain.refusals import Unavailable
from treno_chat.outbound.desk import Pacing
from treno_chat.outbound.mail import Encryption, MailDesk, SmtpSender

LETTER = Mail(
    id="0199-1",
    address="ada@example.org",
    subject="Una nuova password: così si fa",
    text="Segui il link:\n\nhttp://localhost:3000/it/reset#abc_DEF-123",
)


@pytest.fixture
def server() -> Generator[MailServer]:
    """A mail server that does as it is told."""
    with serving(MailServer()) as server:
        yield server


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine, with its key, which nobody else vouches for."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail of the tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "mail.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return file


def sender(
    server: MailServer,
    encryption: Encryption = "none",
    *,
    trusting: Path | None = None,
    user: str = "",
) -> SmtpSender:
    return SmtpSender(
        host="127.0.0.1",
        port=server.port,
        sender="Treno Chat <chat@example.org>",
        user=user,
        password="the mail server's",  # noqa: S106 -- opens nothing
        encryption=encryption,
        timeout=PATIENCE,
        context=ssl.create_default_context(cafile=trusting),
    )


def present(server: MailServer, certificate: Path) -> None:
    """Let the server show its certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.certificate = context


def test_a_letter_arrives_as_it_was_written(server: MailServer) -> None:
    sender(server).send(LETTER)

    letter = message_from_string(server.letters[0], policy=default)
    assert (letter["To"], letter["Subject"]) == (LETTER.address, LETTER.subject)
    assert letter["From"] == "Treno Chat <chat@example.org>"
    assert letter["Message-ID"] == "<0199-1@example.org>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().strip() == LETTER.text


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
def test_the_way_is_encrypted_and_then_one_signs_in(
    server: MailServer, certificate: Path, encryption: Encryption
) -> None:
    present(server, certificate)
    server.is_wrapped = encryption == "tls"

    way = sender(server, encryption, trusting=certificate, user="treno")
    way.send(LETTER)
    way.check()

    assert server.was_encrypted == [True]
    assert server.signed_in == ["\0treno\0the mail server's"] * 2


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
def test_nothing_is_told_to_somebody_who_only_says_so(
    server: MailServer, certificate: Path, encryption: Encryption
) -> None:
    present(server, certificate)
    server.is_wrapped = encryption == "tls"

    with pytest.raises(MailFailed):
        sender(server, encryption, user="treno").send(LETTER)
    assert server.letters == server.signed_in == []


def test_encryption_is_not_given_up_for_being_refused(server: MailServer) -> None:
    with pytest.raises(MailFailed, match="not supported") as refused:
        sender(server, "starttls").send(LETTER)

    assert not refused.value.is_passing
    assert server.letters == []


def test_an_address_that_is_none_is_nobody_elses_trouble(server: MailServer) -> None:
    server.refuses = "550 nobody of that name"

    with pytest.raises(MailRefused, match="smtp 550"):
        sender(server).send(LETTER)


@pytest.mark.parametrize(
    ("greeting", "is_passing"), [("421 come again", True), ("554 go away", False)]
)
def test_what_the_server_says_tells_whether_to_try_again(
    server: MailServer, greeting: str, *, is_passing: bool
) -> None:
    server.greets = greeting

    with pytest.raises(MailFailed) as refused:
        sender(server).check()

    assert refused.value.is_passing is is_passing


def test_a_full_mailbox_is_tried_again(server: MailServer) -> None:
    server.refuses = "452 no room"

    with pytest.raises(MailFailed, match="smtp 452") as refused:
        sender(server).send(LETTER)
    assert refused.value.is_passing


def test_a_server_that_is_away_closes_the_counter() -> None:
    with serving(MailServer()) as gone:
        pass
    noted: list[str] = []
    desk = MailDesk(
        sender(gone),
        note_failure=noted.append,
        start=lambda work: work(),
        pacing=Pacing(pause=lambda _seconds: None),
    )

    desk.hand_over(LETTER)

    assert noted == ["ConnectionRefusedError"]
    with pytest.raises(Unavailable, match="mail_failed"):
        desk.require_open()
