"""The settings of the assistant: where its vectors come from, and who writes its answers."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

from treno_chat.assistant.opening import Embeddings


class AssistantSettings(BaseSettings):
    """A part of `Settings`; each is described in the README."""

    embeddings: Embeddings = Field(
        default=Embeddings.LOCAL,
        description="How pages are found: `local` (by meaning, on this machine), `remote`"
        " (by meaning, asked of an endpoint), or `off` (by their words)",
    )
    embeddings_base_url: str = Field(
        default="", description="For `remote`: an address that speaks `/embeddings`, `/v1` included"
    )
    embeddings_model: str = Field(default="", description="Its model")
    embeddings_api_key: SecretStr = Field(default=SecretStr(""), description="And its key")
    assistant_base_url: str = Field(
        default="",
        description="An address that speaks `/chat/completions`, `/v1` included, whose model puts"
        " answers into words (`make model` first); empty: answers quote the pages",
    )
    assistant_model: str = Field(default="", description="The model to ask there")
    assistant_api_key: SecretStr = Field(
        default=SecretStr(""), description="Its key; empty: it does not ask for one"
    )
    assistant_fallback_base_url: str = Field(
        default="", description="Another such address, for when the first does not answer"
    )
    assistant_fallback_model: str = Field(default="", description="The model there")
    assistant_fallback_api_key: SecretStr = Field(default=SecretStr(""), description="And its key")
    assistant_deadline_s: float = Field(
        default=4.5,
        ge=0.5,
        le=20,
        description="Seconds that an answer has, in all, from finding its pages to a model’s last"
        " word; then the pages are quoted",
    )
    assistant_max_tokens: int = Field(
        default=300, ge=50, le=4000, description="How long its answer may be, in tokens"
    )
    assistant_threshold: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="How near a page must be to a question to be an answer, from 0 to 1; 0: as it"
        " was measured, 0.42 by meaning and 0.45 by words",
    )
