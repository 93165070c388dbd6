"""What only one person hears, on all their open pages: their talk with the assistant as deltas.

An item looks as the API tells the same thing, so that a page merges both in one way.
"""

from datetime import datetime
from typing import Any

import reflex as rx

from treno_chat.domain.assistant.conversations import Conversation, Source, Utterance
from treno_chat.domain.assistant.events import (
    AnswerGrew,
    ConversationChanged,
    ConversationRemoved,
    PrivateEvent,
    UtteranceSaid,
)
from treno_chat.domain.ids import new_id

Item = dict[str, Any]


class Asides(rx.State):
    """What arrives for one person alone; never assigned by a handler."""

    batch: rx.Field[list[Item]] = rx.field(default_factory=list)


class AsideEncoder:
    """The part of the port that speaks to one person."""

    def aside(self, event: PrivateEvent) -> Item:
        """Return what one person alone hears of their talk with the assistant."""
        # Its own id keeps two apart: a page does not hear equal ones.
        item = {"id": new_id(), **_item(event)}
        return {"delta": {Asides.get_full_name(): {"batch_rx_state_": [item]}}}


def _item(event: PrivateEvent) -> Item:
    match event:
        case UtteranceSaid(utterance=utterance):
            return {"kind": "said", "utterance": _utterance(utterance)}
        case AnswerGrew():
            return {
                "kind": "grew",
                "conversation_id": event.conversation_id,
                "question_id": event.question_id,
                "text": event.text,
            }
        case ConversationChanged(conversation=conversation):
            return {"kind": "conversation", "conversation": _conversation(conversation)}
        case ConversationRemoved(conversation_id=conversation_id):
            return {"kind": "conversation_gone", "conversation_id": conversation_id}


def _conversation(conversation: Conversation) -> Item:
    return {
        "id": conversation.id,
        "title": conversation.title,
        "created_at": _moment(conversation.created_at),
        "updated_at": _moment(conversation.updated_at),
    }


def _utterance(utterance: Utterance) -> Item:
    return {
        "id": utterance.id,
        "conversation_id": utterance.conversation_id,
        "seq": utterance.seq,
        "client_id": utterance.client_id,
        "role": utterance.role.value,
        "status": utterance.status.value,
        "content": utterance.body,
        "sources": [_source(source) for source in utterance.sources],
        "answers": utterance.answers_id,
        "engine": utterance.engine,
        "latency_ms": utterance.latency_ms,
        "is_degraded": utterance.is_degraded,
        "is_refusal": utterance.is_refusal,
        "is_truncated": utterance.is_truncated,
        "rating": utterance.rating,
        "timestamp": _moment(utterance.said_at),
    }


def _source(source: Source) -> Item:
    return {
        "title": source.title,
        "snippet": source.snippet,
        "position": source.position,
        "slug": source.slug,
        "language": source.language,
        "updated": source.updated and source.updated.isoformat(),
    }


def _moment(moment: datetime) -> str:
    # As the API writes it.
    return moment.isoformat().replace("+00:00", "Z")
