"""Searching one's own conversations: in what they are called, and in what was said."""

from treno_chat.actions.door.step_up import require_registered
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.conversations import PAGE_SIZE, Behind, Conversation, Utterance
from treno_chat.domain.assistant.searching import (
    Match,
    MatchPage,
    Search,
    excerpt_of,
    last_of,
    pieces_of,
)
from treno_chat.domain.door.sessions import Principal
from treno_chat.stores.assistant import conversations, utterances


def search_conversations(
    tx: Transaction,
    principal: Principal,
    search: Search,
    *,
    behind: Behind | None = None,
    limit: int = PAGE_SIZE,
) -> MatchPage:
    """Return the caller's conversations in which all words stand, the last changed first."""
    user_id = require_registered(tx, principal).user.id
    found = conversations.page(tx.db, user_id, behind=behind, limit=limit + 1, search=search)
    shown = found[:limit]
    ids = [conversation.id for conversation in shown]
    # The longest word says most about where to look.
    word = max(search.words, key=len, default="")
    said = utterances.newest_with(tx.db, ids, word) if word else {}
    last = utterances.last_bodies(tx.db, ids)
    return MatchPage(
        matches=tuple(
            _match(each, said.get(each.id), search.words, last=last.get(each.id, ""))
            for each in shown
        ),
        has_more=len(found) > limit,
    )


def _match(
    conversation: Conversation, said: Utterance | None, words: tuple[str, ...], *, last: str
) -> Match:
    return Match(
        conversation=conversation,
        title=pieces_of(conversation.title, words),
        last=last_of(last),
        said=said,
        excerpt=() if said is None else excerpt_of(said.body, words),
    )
