"""What one person alone hears, whoever else is in the room."""

from tests.conftest import StoppedClock
from tests.support.chat_server import Server
from treno_chat.domain.assistant.events import (
    AnswerGrew,
    DeskChanged,
    MentionRefused,
    QuestionHandedOver,
)


async def test_what_one_talks_of_with_the_assistant_is_heard_by_oneself_alone(
    server: Server,
) -> None:
    grew = AnswerGrew(user_id="ada", conversation_id="1", question_id="2", text="Sì")
    async with (
        server.page(cookie="ada's") as adas_page,
        server.room("ada") as adas_room,
        server.room("bruno") as brunos,
        server.page() as strangers,
    ):
        await adas_page.join()
        await strangers.join()
        await server.publish(grew)

        for page in (adas_page, adas_room):
            assert await page.arrival() == {"aside": "AnswerGrew"}
        await server.realtime.server.emit("event", "all", namespace="/_event")
        for page in (brunos, strangers):
            assert await page.arrival() == "all"


async def test_why_the_assistant_does_not_answer_is_heard_by_whoever_asked_in_that_room(
    server: Server, clock: StoppedClock
) -> None:
    refused = MentionRefused(
        user_id="ada", room_id="dining-car", code="mention_too_fast", at=clock()
    )
    async with (
        server.room("ada") as adas,
        server.room("ada", room_id="sleeper") as adas_other,
        server.room("bruno") as brunos,
    ):
        await server.publish(refused)

        assert await adas.arrival() == {"refused": "mention_too_fast"}
        await server.realtime.server.emit("event", "all", namespace="/_event")
        for page in (adas_other, brunos):
            assert await page.arrival() == "all"


async def test_what_waits_or_changes_at_the_desk_is_heard_by_staff_on_every_page(
    server: Server,
) -> None:
    handed_over = QuestionHandedOver(place_slug="train", staff_ids=("ada", "chiara"))
    changed = DeskChanged(place_slug="train", staff_ids=("ada", "chiara"))
    async with (
        server.page(cookie="ada's") as adas_desk,
        server.room("ada") as adas_room,
        server.room("bruno") as brunos,
    ):
        await adas_desk.join()
        await server.publish(handed_over)

        for page in (adas_desk, adas_room):
            assert await page.arrival() == {"say": "handed over", "place": "train"}
        await server.publish(changed)
        for page in (adas_desk, adas_room):
            assert await page.arrival() == {"say": "desk changed", "place": "train"}
        await server.realtime.server.emit("event", "all", namespace="/_event")
        assert await brunos.arrival() == "all"
