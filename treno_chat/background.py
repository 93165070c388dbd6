"""What runs beside the requests: signals from the command line, jobs, sweeps. Bound to the server's life."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from anyio import to_thread

from treno_chat.actions import jobs, signals
from treno_chat.actions.transaction import Transactions
from treno_chat.realtime.compose import Realtime

log = structlog.get_logger(__name__)

SIGNAL_SECONDS = 1
JOB_SECONDS = 5
