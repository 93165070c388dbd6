"""Composes the program: settings, database, sockets, actions, HTTP, pages. Nothing else."""

import reflex as rx
from alembic.script import ScriptDirectory
from reflex.app import default_error_boundary  # pyright: ignore[reportUnknownVariableType]
from reflex.utils.prerequisites import get_web_dir
from starlette.types import ASGIApp

from treno_chat.actions.assistant.mentions import Mentions
from treno_chat.actions.door.doors import Door
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.operations.readiness import is_at_revision
from treno_chat.actions.other_ways.mail_links import note_undelivered
from treno_chat.actions.recovery.code_sending import note_unsent
from treno_chat.actions.talk.sender import Sender
from treno_chat.actions.transaction import Transactions, one_after_the_other
from treno_chat.api.app import create_api
from treno_chat.api.drawn.frame import STYLESHEETS
from treno_chat.api.front.headers import content_security_policy, policies_of_pages
from treno_chat.api.front.layers import in_front_of
from treno_chat.assistants import Upkeep, assistant_of
from treno_chat.background import Background
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.people import PeopleHere
from treno_chat.domain.vault import Vault
from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.issuers import issuer_of, providers_of
from treno_chat.locales import words_in
from treno_chat.outbound.mail import MailDesk
from treno_chat.outbound.oidc import Providers
from treno_chat.outbound.sms import Counter
from treno_chat.realtime.compose import create_realtime
from treno_chat.realtime.rules import ServerRules
from treno_chat.senders import mail_sender_of, sender_of
from treno_chat.settings import Settings
from treno_chat.stores.database import Database
from treno_chat.web.browser.lead import lead
from treno_chat.web.gate import Gate
from treno_chat.web.house import House, identify, news_of, open_house
from treno_chat.web.pages.no_script import no_script_page
from treno_chat.web.refusals import tell_refusal
from treno_chat.web.routes import add_pages
from treno_chat.web.rules import RULES
from treno_chat.web.wire import DeltaEncoder, WireJson
from treno_chat.web.witness import saw_denied

settings = Settings()
words: dict[Language, Words] = {language: words_in(language) for language in LANGUAGES}

realtime = create_realtime(
    identify=identify,
    encoder=DeltaEncoder(),
    json=WireJson(),
    rules=ServerRules(
        origins=settings.origins, proxy_hops=settings.trusted_proxy_hops, handlers=RULES.keys()
    ),
    connections_per_address=settings.connections_per_address,
    connections_total=settings.connections_total,
    connections_per_minute=settings.connections_per_minute,
    redis_url=settings.redis_url,
    news_of=news_of,
)
database, vault = Database(settings.database), Vault(settings.secret())
transactions = Transactions(
    database,
    policy=settings.policy(),
    vault=vault,
    announce=realtime.hub.publish,
    sms=Counter(
        sender_of(settings, database=database, vault=vault),
        note_failure=lambda reason: note_unsent(transactions, reason),
    ),
    mail=MailDesk(
        mail_sender_of(settings, database=database, vault=vault),
        note_failure=lambda reason: note_undelivered(transactions, reason),
    ),
)
limits = Limits(
    settings.redis_url,
    send_burst=settings.send_burst,
    sends_per_second=settings.send_per_second,
    sends_per_minute=settings.send_per_minute,
    entries_per_minute=settings.entries_per_minute,
)
assistant = assistant_of(settings, transactions, words)
mentions = Mentions(transactions, guide=assistant.guide, limits=limits, words=words)
upkeep = Upkeep(assistant, transactions, mentions)
transactions.announce = one_after_the_other(realtime.hub.publish, mentions.hear, upkeep.hear)
open_house(
    House(
        transactions=transactions,
        realtime=realtime,
        limits=limits,
        sender=Sender(transactions, limits),
        has_passwords=settings.has_passwords,
        providers=providers_of(settings),
    )
)


def count_here(door: Door) -> int:
    """Return how many are at a place, as its door says."""
    return realtime.presence.snapshot(door.place.id).count


def people_here(place_id: PlaceId) -> PeopleHere:
    """Return who is at a place, as the pages show it."""
    snapshot = realtime.presence.snapshot(place_id)
    return PeopleHere(people=snapshot.people, count=snapshot.count)


revision = ScriptDirectory("alembic").get_current_head() or ""
api = create_api(
    transactions,
    words=words,
    limits=limits,
    origins=settings.origins,
    default_place=settings.default_place,
    count_here=count_here,
    people_here=people_here,
    assistant=assistant,
    is_ready=lambda: is_at_revision(transactions, revision),
    proxy_hops=settings.trusted_proxy_hops,
    has_outbox=settings.has_outbox,
    has_docs=settings.has_docs,
    has_passwords=settings.has_passwords,
    providers=providers_of(settings),
    voucher=Providers(),
    trusted=issuer_of(settings),
)

app = rx.App(
    theme=None,
    toaster=None,
    app_wraps={(55, "ErrorBoundary"): lambda _is_stateful: default_error_boundary()},
    stylesheets=list(STYLESHEETS),
    head_components=[lead()],
    hydrate_fallback=no_script_page(words.values()),
    sio=realtime.server,
    api_transformer=api,
    backend_exception_handler=tell_refusal,
)
app.add_middleware(Gate(RULES))
realtime.server.on_denied.append(saw_denied)
# What was begun last ends first: nothing is said any more when the assistant lets go.
app.register_lifespan_task(upkeep.running)
app.register_lifespan_task(Background(transactions, realtime, also=upkeep.hear).running)
add_pages(app, words)


def program() -> ASGIApp:
    """Return what is served: Reflex's own layers and all, behind our front."""
    inner = app()
    # The built pages say which inline scripts may run.
    built = get_web_dir() / "build" / "client"
    return in_front_of(
        inner,
        transactions=transactions,
        words=words,
        policy=content_security_policy(built, origins=settings.origins),
        policies=policies_of_pages(built, origins=settings.origins),
        origins=settings.origins,
        proxy_hops=settings.trusted_proxy_hops,
        is_production=settings.is_production,
    )
