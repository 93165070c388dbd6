"""Speaking with one model: a run with its tools, heard by the line while it goes on."""

from collections.abc import AsyncIterable

import pydantic_ai
from openai import AsyncOpenAI, DefaultAsyncHttpxClient
from pydantic_ai import Agent, UsageLimits
from pydantic_ai.messages import (
    AgentStreamEvent,
    ModelMessage,
    ModelRequest,
    ModelResponse,
    PartDeltaEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    UserPromptPart,
)
from pydantic_ai.models import Model
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

from treno_chat.assistant.model.endpoint import Bounds, Endpoint
from treno_chat.assistant.model.line import Ended, Grew, Line
from treno_chat.assistant.model.marks import MAX_TEXT
from treno_chat.assistant.model.offers import toolset_of
from treno_chat.assistant.model.prompt import instructions, last_turns, question_with_pages
from treno_chat.assistant.model.toolbox import MAX_ACTIONS, SEARCH
from treno_chat.assistant.rest import Rest
from treno_chat.assistant.writing import Brief
from treno_chat.domain.assistant.conversations import Role

REQUESTS = MAX_ACTIONS + 1
_LIMITS = UsageLimits(request_limit=REQUESTS, tool_calls_limit=MAX_ACTIONS)
_OPENAI = "api.openai.com"

# It would print one line about itself on standard error, where the log is.
pydantic_ai.BANNER_ENABLED = False


class Speaker:
    """One model, and whether it is being left alone."""

    def __init__(self, model: Model, *, engine: str, client: AsyncOpenAI | None = None) -> None:
        self.engine = engine
        self.rest = Rest()
        self._client = client
        self._agent = Agent(model, deps_type=Line, retries=1)

    async def speak(self, brief: Brief, line: Line, *, offered: frozenset[str]) -> None:
        """Have a question answered; what comes of it goes over the line."""
        async with self._agent.iter(
            question_with_pages(brief),
            message_history=_history(brief),
            instructions=instructions(brief.language, has_tasks=bool(offered - {SEARCH})),
            deps=line,
            usage_limits=_LIMITS,
            toolsets=[toolset_of(offered)],
        ) as run:
            is_cut = False
            async for node in run:
                if Agent.is_model_request_node(node):
                    async with node.stream(run.ctx) as stream:
                        await _pass_on(stream, line)
                        is_cut = stream.response.finish_reason == "length"
            text = run.result.output if run.result else ""
        line.say(Ended(text=text, is_cut=is_cut))

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.close()


def speaker_at(endpoint: Endpoint, bounds: Bounds) -> Speaker:
    """Return whoever speaks at an endpoint; nothing is asked yet."""
    client = AsyncOpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.key or "none",
        # Trying again is no use: by then the deadline is near, and a quotation at hand.
        max_retries=0,
        timeout=bounds.deadline_seconds,
        http_client=DefaultAsyncHttpxClient(follow_redirects=False),
    )
    # What this machine's environment says of an account elsewhere concerns nobody here.
    client.organization = client.project = client.admin_api_key = None
    model = OpenAIChatModel(
        endpoint.model,
        provider=OpenAICompatibleProvider("endpoint", openai_client=client),
        profile=_profile(endpoint),
        settings={"max_tokens": bounds.max_tokens},
    )
    return Speaker(model, engine=endpoint.engine, client=client)


def _profile(endpoint: Endpoint) -> OpenAIModelProfile | None:
    # Its own models want the newer name of the limit, servers that speak like it mostly the older.
    if _OPENAI in endpoint.base_url:
        return None
    return OpenAIModelProfile(
        openai_chat_supports_max_completion_tokens=False,
        openai_supports_strict_tool_definition=False,
        openai_chat_streaming_requires_finish_reason=True,
    )


def _history(brief: Brief) -> list[ModelMessage]:
    return [
        ModelRequest(parts=[UserPromptPart(turn.text)])
        if turn.role is Role.USER
        else ModelResponse(parts=[TextPart(turn.text)])
        for turn in last_turns(brief.turns)
    ]


async def _pass_on(stream: AsyncIterable[AgentStreamEvent], line: Line) -> None:
    """Hand the text over as it grows: what was said before a tool was used is not the answer."""
    text = ""
    async for event in stream:
        match event:
            case PartStartEvent(part=TextPart(content=more)):
                text += more
            case PartDeltaEvent(delta=TextPartDelta(content_delta=more)):
                text += more
            case _:
                continue
        # However much more it says, nobody will read it.
        if len(text) <= MAX_TEXT:
            line.say(Grew(text=text))
