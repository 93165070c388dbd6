"""Where a language model is asked, and how long and how much it may say."""

from dataclasses import dataclass, field

_NAME_SHOWN = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """An address that speaks `/v1/chat/completions`; its key is in no representation."""

    base_url: str
    model: str
    key: str = field(default="", repr=False)

    @property
    def engine(self) -> str:
        """What is said of an answer that was written there."""
        return f"model:{self.model[:_NAME_SHOWN]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """What an answer may take: seconds in all, with every tool and every attempt; and tokens."""

    deadline_seconds: float = 4.5
    max_tokens: int = 300
