"""The tables: text ids ordered by time, aware UTC times, deletions that follow the person."""

from treno_chat.stores.tables.api import (
    Conversation,
    ExternalAttempt,
    ExternalLogin,
    MailLink,
    Password,
    SigningKey,
    Task,
    Utterance,
)
from treno_chat.stores.tables.assistant import AnswerRun, Passage
from treno_chat.stores.tables.base import UtcTime, metadata
from treno_chat.stores.tables.credentials import (
    Challenge,
    CodeFailures,
    Passkey,
    Recovery,
    RecoveryCode,
    Verification,
)
from treno_chat.stores.tables.guide import GuidePage, OpenQuestion
from treno_chat.stores.tables.people import LoginSession, NoticeMark, User
from treno_chat.stores.tables.places import AliasQuarantine, Place, StaffRole, Visit
from treno_chat.stores.tables.running import AuthEvent, JobLease, Notice, Outbox, Signal
from treno_chat.stores.tables.talk import Membership, Message, Room

__all__ = [
    "AliasQuarantine",
    "AnswerRun",
    "AuthEvent",
    "Challenge",
    "CodeFailures",
    "Conversation",
    "ExternalAttempt",
    "ExternalLogin",
    "GuidePage",
    "JobLease",
    "LoginSession",
    "MailLink",
    "Membership",
    "Message",
    "Notice",
    "NoticeMark",
    "OpenQuestion",
    "Outbox",
    "Passage",
    "Passkey",
    "Password",
    "Place",
    "Recovery",
    "RecoveryCode",
    "Room",
    "Signal",
    "SigningKey",
    "StaffRole",
    "Task",
    "User",
    "UtcTime",
    "Utterance",
    "Verification",
    "Visit",
    "metadata",
]
