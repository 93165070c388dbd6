"""Saying things at the same moment."""

import asyncio
from collections.abc import Sequence

from treno_chat.actions.talk.sender import Sender
from treno_chat.actions.talk.sending import Draft
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import ChatError
from treno_chat.domain.talk.messages import Message

Said = tuple[Principal, Room, Draft]


async def say_at_once(sender: Sender, *said: Said) -> list[Message | BaseException]:
    """Let everybody say something at the same moment; return what each was answered."""
    return await asyncio.gather(
        *(sender.send(who, room.id, what) for who, room, what in said),
        return_exceptions=True,
    )


def codes_of(answers: Sequence[Message | BaseException]) -> list[str]:
    """Return the code of each refusal, nothing for what was stored."""
    return [answer.code if isinstance(answer, ChatError) else "" for answer in answers]
