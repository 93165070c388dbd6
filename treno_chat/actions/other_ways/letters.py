"""What is written by mail: few words, one link, and nothing of what anybody wrote here."""

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.ids import new_id
from treno_chat.domain.other_ways.emails import Email
from treno_chat.domain.other_ways.mail import Mail
from treno_chat.domain.other_ways.passwords import LinkPurpose
from treno_chat.domain.words import Words


def letter_with_link(
    tx: Transaction, purpose: LinkPurpose, *, token: str, address: str, words: Words
) -> Mail:
    """Return the mail that carries a link.

    The link begins with the one address people open, never with what a request called us. The
    token stands behind the #: no server's log sees it, and no page tells it on.
    """
    origin = next(iter(tx.policy.relying_party.origins))
    policy = tx.policy.passwords
    lasts = policy.reset_lifetime if purpose is LinkPurpose.RESET else policy.confirm_lifetime
    text = words.say(
        f"mail.{purpose}",
        link=f"{origin}/{words.language}/{purpose}#{token}",
        minutes=round(lasts.total_seconds() / 60),
        hours=round(lasts.total_seconds() / 3600),
    )
    return Mail(
        id=new_id(), address=address, subject=words.say(f"mail.{purpose}_subject"), text=text
    )


def letter_to_owner(tx: Transaction, email: Email, *, words: Words) -> Mail:
    """Return the mail to somebody whose address was named by somebody who may be themselves."""
    origin = next(iter(tx.policy.relying_party.origins))
    text = words.say("mail.known", link=f"{origin}/{words.language}/login")
    return Mail(
        id=new_id(), address=email.address, subject=words.say("mail.known_subject"), text=text
    )
