"""The profile: what a registered person says of themselves, seen by the others at once."""

from treno_chat.actions.audit import record
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.door.step_up import require_registered
from treno_chat.actions.door.visits import let_alias_rest, require_free_alias
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.account.accounts import Me, Taste
from treno_chat.domain.door.alias import Alias
from treno_chat.domain.door.forms import ProfileForm, read_profile
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.refusals import Conflict
from treno_chat.domain.talk.events import PersonChanged
from treno_chat.stores.account import accounts
from treno_chat.stores.door import users, visits


def view_me(tx: Transaction, principal: Principal) -> Me:
    """Return who the caller is, as they are now."""
    user = look_up(tx, principal.session.id).user
    return Me(user=user, profile=accounts.profile(tx.db, user.id))


def view_taste(tx: Transaction, principal: Principal) -> Taste:
    """Return how the caller wants to be spoken to; a guest's browser alone knows that."""
    if principal.user.is_anonymous:
        return Taste()
    profile = accounts.profile(tx.db, principal.user.id)
    return Taste(language=profile.language, theme=profile.theme)


def change_taste(tx: Transaction, principal: Principal, taste: Taste) -> None:
    """Remember a language or a theme for every device; a guest has but one."""
    if not look_up(tx, principal.session.id).user.is_anonymous:
        users.change_taste(tx.db, principal.user.id, taste)


def change_profile(
    tx: Transaction,
    principal: Principal,
    *,
    alias: str | None = None,
    gender: str | None = None,
    status_line: str | None = None,
    language: str | None = None,
    theme: str | None = None,
) -> ProfileForm:
    """Store the form; what was said before keeps the alias under which it was said.

    What the form leaves out stays as it is: another device may have changed it meanwhile.
    """
    current = require_registered(tx, principal)
    kept = accounts.profile(tx.db, current.user.id)
    form = read_profile(
        alias=_or(alias, current.user.alias),
        gender=_or(gender, current.user.gender.value),
        status_line=_or(status_line, kept.status_line),
        language=_or(language, kept.language),
        theme=_or(theme, kept.theme),
    )
    _wear(tx, current, form.alias)
    users.change_profile(
        tx.db,
        current.user.id,
        alias=form.alias,
        gender=form.gender,
        status_line=form.status_line,
        language=form.language,
        theme=form.theme,
    )
    record(
        tx,
        AuthEventKind.PROFILE_CHANGED,
        user_id=current.user.id,
        session_id=current.session.id,
    )
    tx.outbox.append(
        PersonChanged(
            user_id=current.user.id,
            alias=form.alias.text,
            gender=form.gender,
            status_line=form.status_line,
        )
    )
    return form


def _or(asked: str | None, kept: str | None) -> str:
    return (kept or "") if asked is None else asked


def _wear(tx: Transaction, current: Principal, alias: Alias) -> None:
    """Let the visit go on under another alias; what only looks the same needs no leave."""
    user_id, place_id = current.user.id, current.place_id
    worn = users.skeleton_of(tx.db, user_id)
    if place_id is None or worn == alias.skeleton:
        return
    require_free_alias(tx, place_id, alias, but=user_id)
    if not visits.change(tx.db, user_id, place_id, skeleton=alias.skeleton, ends_at=None):
        # Somebody came in under it a moment ago.
        raise Conflict("alias_taken", field="alias")
    let_alias_rest(tx, place_id, worn, worn_by=user_id)
