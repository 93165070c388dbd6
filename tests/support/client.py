"""A client of the API, typed and in one file; it needs nothing but httpx."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeVar

import httpx

T = TypeVar("T")
Status = Literal["open", "done", "all"]


class Refused(Exception):
    """What the API did not do: a code for the program, words for whoever uses it."""

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        super().__init__(told["detail"])
        self.status = status
        self.code: str = told["code"]
        self.field: str | None = told.get("field")
        self.retry_after: int | None = told.get("retry_after")


@dataclass(frozen=True, kw_only=True, slots=True)
class Me:
    """Whom the token speaks for."""

    id: str
    alias: str
    is_anonymous: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A room of a place."""

    id: str
    slug: str
    name: str
    can_write: bool
    unread: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What was said in a room."""

    seq: int
    client_id: str
    content: str
    timestamp: str
    is_removed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """Something to do."""

    id: str
    title: str
    description: str
    completed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """A conversation of one's own."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A question in a conversation, or its answer."""

    id: str
    role: str
    content: str


class Client:
    """Asks the API in somebody's name; lists go on by their cursors by themselves."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}"}

    async def me(self) -> Me:
        """Return whom the token speaks for."""
        return _read(Me, await self._ask("GET", "/users/me"))

    async def rooms(self, place: str) -> list[Room]:
        """Return the rooms of a place where one is."""
        told = await self._ask("GET", f"/places/{place}/rooms")
        return [_read(Room, each) for each in told["items"]]

    def messages(self, room_id: str) -> AsyncIterator[Message]:
        """Yield all that was said in a room, the newest first."""
        return self._list(Message, f"/rooms/{room_id}/messages")

    async def say(self, room_id: str, content: str, *, client_id: str) -> Message:
        """Say something in a room; with the same `client_id` again it is said once."""
        body = {"content": content, "client_id": client_id}
        return _read(Message, await self._ask("POST", f"/rooms/{room_id}/messages", body))

    async def begin_conversation(self, title: str | None = None) -> Conversation:
        """Begin a conversation."""
        return _read(Conversation, await self._ask("POST", "/conversations", {"title": title}))

    def conversations(self) -> AsyncIterator[Conversation]:
        """Yield one's conversations, the one that changed last first."""
        return self._list(Conversation, "/conversations")

    async def say_in_conversation(self, conversation_id: str, content: str) -> Said:
        """Say something in a conversation."""
        path = f"/conversations/{conversation_id}/messages"
        return _read(Said, await self._ask("POST", path, {"content": content}))

    def tasks(self, user_id: str, status: Status = "all") -> AsyncIterator[Task]:
        """Yield one's tasks, the newest first."""
        return self._list(Task, f"/users/{user_id}/tasks", status=status)

    async def add_task(self, user_id: str, title: str, description: str = "") -> Task:
        """Put something on one's list."""
        body = {"title": title, "description": description}
        return _read(Task, await self._ask("POST", f"/users/{user_id}/tasks", body))

    async def complete_task(self, user_id: str, task_id: str) -> Task:
        """Tick a task off."""
        return _read(Task, await self._ask("POST", f"/users/{user_id}/tasks/{task_id}/complete"))

    async def delete_task(self, user_id: str, task_id: str) -> None:
        """Delete a task."""
        await self._ask("DELETE", f"/users/{user_id}/tasks/{task_id}")

    async def _list(self, kind: type[T], path: str, **query: str) -> AsyncIterator[T]:
        wish = {"limit": "100", **query}
        while True:
            page = await self._ask("GET", path, query=wish)
            for each in page["items"]:
                yield _read(kind, each)
            if page["next"] is None:
                return
            wish["cursor"] = page["next"]

    async def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, str] | None = None,
    ) -> Any:  # noqa: ANN401 -- whatever JSON can be
        answer = await self._http.request(
            method, f"/api/v1{path}", json=body, params=query, headers=self._headers
        )
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            raise Refused(answer.status_code, answer.json())
        return answer.json() if answer.content else None


def _read(kind: type[T], told: Mapping[str, Any]) -> T:
    """Take what is known of an answer: more may be told one day."""
    return kind(**{each.name: told[each.name] for each in fields(kind)})  # pyright: ignore[reportArgumentType]
