"""Reflex's settings; nothing else."""

import os

# Read by Reflex when it is imported: npm comes with the virtual environment, no telemetry.
os.environ.setdefault("REFLEX_USE_NPM", "1")
os.environ.setdefault("REFLEX_TELEMETRY_ENABLED", "false")

import reflex as rx
from reflex_base.constants.state import StateManagerMode

from treno_chat.settings import Settings

settings = Settings()

config = rx.Config(
    app_name="treno_chat",
    api_url=settings.public_origin,
    deploy_url=settings.public_origin,
    frontend_port=settings.port,
    backend_port=settings.port,
    backend_host=settings.host,
    cors_allowed_origins=list(settings.origins),
    trusted_proxy_hops=settings.trusted_proxy_hops,
    transport="websocket",
    redis_url=settings.redis_url or None,
    state_manager_mode=StateManagerMode.REDIS if settings.redis_url else StateManagerMode.MEMORY,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
