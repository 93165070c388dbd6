"""The tables: text ids ordered by time, aware UTC times, deletions that follow the person."""

from treno_chat.stores.tables.base import UtcTime, metadata
from treno_chat.stores.tables.credentials import (
    Challenge,
    CodeFailures,
    Passkey,
    Recovery,
    RecoveryCode,
    Verification,
)
from treno_chat.stores.tables.people import LoginSession, User
from treno_chat.stores.tables.places import AliasQuarantine, Place, StaffRole, Visit
from treno_chat.stores.tables.running import AuthEvent, JobLease, Notice, Outbox, Signal
from treno_chat.stores.tables.talk import Membership, Message, Room

__all__ = [
    "AliasQuarantine",
    "AuthEvent",
    "Challenge",
    "CodeFailures",
    "JobLease",
    "LoginSession",
    "Membership",
    "Message",
    "Notice",
    "Outbox",
    "Passkey",
    "Place",
    "Recovery",
    "RecoveryCode",
    "Room",
    "Signal",
    "StaffRole",
    "User",
    "UtcTime",
    "Verification",
    "Visit",
    "metadata",
]
