"""What a page may ask, argument by argument: Reflex itself checks no types (reflex.md row 3.8)."""

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    InstanceOf,
    StringConstraints,
)

Label = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Count = Annotated[int, Field(ge=0, le=2**53)]
Hash = Annotated[str, StringConstraints(max_length=64)]


# As long as a frame may be, and half a character too, which pydantic's own str is not: the rule
# itself answers with words, not the schema, or what was said would wait for ever.
Text = InstanceOf[str]


class Ask(BaseModel):
    """Strict: no coercion, nothing beside the named arguments."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Nothing(Ask):
    """A handler without arguments."""


class Hydrate(Ask):
    """Reflex's first event: hashes of the defaults it holds; browser storage is not used here."""

    hashes: Annotated[list[Hash], Field(max_length=64)] | None = None
    vars: Annotated[dict[str, str], Field(max_length=0)] | None = None


class IsHydrated(Ask):
    """Reflex's own mark that a page is ready."""

    value: bool


class Send(Ask):
    """Say something in a room; `client_id` makes a repetition harmless."""

    room_id: Label
    client_id: Label
    text: Text


class Edit(Ask):
    """Say it differently."""

    room_id: Label
    seq: Count
    text: Text


class Remove(Ask):
    """Take it back."""

    room_id: Label
    seq: Count


class CatchUp(Ask):
    """What was missed since `last_rev`; `first_seq` is the oldest that the reader holds.

    Who reads far up also says what they hold last, and up to where they heard of anything.
    """

    room_id: Label
    last_rev: Count
    first_seq: Count
    last_seq: Count = 0
    heard_seq: Count = 0


class Older(Ask):
    """The page before `before_seq`."""

    room_id: Label
    before_seq: Count


class Newer(Ask):
    """The page after `after_seq`."""

    room_id: Label
    after_seq: Count


class Here(Ask):
    """Still here, and this far."""

    room_id: Label
    last_rev: Count


class Read(Ask):
    """Read up to here."""

    room_id: Label
    seq: Count


class TasksMeant(Ask):
    """Which of one's own tasks."""

    which: Literal["all", "open", "done"]


class NoticeMeant(Ask):
    """One of the notices that the reader was told."""

    notice_id: Label


class PageMeant(Ask):
    """Which of a place's own pages."""

    language: Label
    page_slug: Label


class QuestionMeant(Ask):
    """Which of the questions that wait."""

    question_id: Label
