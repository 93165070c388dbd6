"""The whole check-up, in the order in which an operator mends things."""

from treno_chat.running.checkup.assistant import look_at_assistant
from treno_chat.running.checkup.finding import Findings, fault, ok, warning
from treno_chat.running.checkup.machine import look_at_machine
from treno_chat.running.checkup.service import look_at_service
from treno_chat.running.checkup.stores import look_at_stores
from treno_chat.running.soundness import faults_of
from treno_chat.settings import Settings


def look_at_everything(settings: Settings, *, is_online: bool = False) -> Findings:
    """Yield one finding after the other; nothing is changed."""
    yield from _look_at_settings(settings)
    yield from look_at_machine(settings)
    yield from look_at_stores(settings)
    yield from look_at_assistant(settings, is_online=is_online)
    yield from look_at_service(settings, is_online=is_online)


def _look_at_settings(settings: Settings) -> Findings:
    faults = list(faults_of(settings))
    for each in faults:
        yield fault(each)
    if not faults:
        yield ok(f"the settings are in order, for {settings.treno_env}")
        yield ok(f"codes by SMS go by {settings.sms_sender}")
    is_local = settings.public_origin.startswith("http://localhost")
    if not settings.is_production and not is_local:
        yield warning(
            f"TRENO_ENV=development at {settings.public_origin}: strangers need production."
        )
