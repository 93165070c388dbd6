"""The policy table: every handler a browser may call, who may, and with which arguments."""

from reflex.state import OnLoadInternalState, State

from treno_chat.web import asks
from treno_chat.web.gate import Rule, Who
from treno_chat.web.handlers import name_of
from treno_chat.web.states.account import AccountState
from treno_chat.web.states.assistant import AssistantState
from treno_chat.web.states.desk import DeskState
from treno_chat.web.states.notices import NoticesState
from treno_chat.web.states.room import RoomState
from treno_chat.web.states.tasks import TasksState

# What is not in this table is denied: Reflex's own `setvar`, `update_vars_internal`,
# `handle_frontend_exception` and whatever a later version brings.
RULES: dict[str, Rule] = {
    name_of(handler): rule
    for handler, rule in (
        (State.hydrate_and_load, Rule(who=Who.PUBLIC, asks=asks.Hydrate, fills=True)),
        (State.set_is_hydrated, Rule(who=Who.PUBLIC, asks=asks.IsHydrated)),
        (OnLoadInternalState.set_is_hydrated, Rule(who=Who.PUBLIC, asks=asks.IsHydrated)),
        (OnLoadInternalState.on_load_internal, Rule(who=Who.PUBLIC)),
        (AccountState.open, Rule(who=Who.GUEST, is_open=True)),
        (AssistantState.open, Rule(who=Who.GUEST, is_open=True)),
        (NoticesState.ask, Rule(who=Who.GUEST)),
        (NoticesState.put_away, Rule(who=Who.GUEST, asks=asks.NoticeMeant, is_change=True)),
        (DeskState.open, Rule(who=Who.GUEST, is_open=True)),
        (DeskState.again, Rule(who=Who.GUEST)),
        (DeskState.look_again, Rule(who=Who.GUEST)),
        (DeskState.more, Rule(who=Who.GUEST)),
        (DeskState.write, Rule(who=Who.GUEST)),
        (DeskState.edit, Rule(who=Who.GUEST, asks=asks.PageMeant)),
        (DeskState.answer, Rule(who=Who.GUEST, asks=asks.QuestionMeant)),
        (DeskState.put_away, Rule(who=Who.GUEST)),
        (TasksState.open, Rule(who=Who.GUEST, is_open=True)),
        (TasksState.again, Rule(who=Who.GUEST)),
        (TasksState.more, Rule(who=Who.GUEST)),
        (TasksState.show, Rule(who=Who.GUEST, asks=asks.TasksMeant)),
        (RoomState.open, Rule(who=Who.GUEST, is_open=True)),
        (RoomState.look_again, Rule(who=Who.GUEST)),
        (RoomState.catch_up, Rule(who=Who.GUEST, asks=asks.CatchUp)),
        (RoomState.older, Rule(who=Who.GUEST, asks=asks.Older)),
        (RoomState.newer, Rule(who=Who.GUEST, asks=asks.Newer)),
        (RoomState.here, Rule(who=Who.GUEST, asks=asks.Here)),
        (RoomState.read, Rule(who=Who.GUEST, asks=asks.Read)),
        (RoomState.send, Rule(who=Who.SENDER, asks=asks.Send)),
        (RoomState.edit, Rule(who=Who.GUEST, asks=asks.Edit, is_send=True)),
        (RoomState.remove, Rule(who=Who.GUEST, asks=asks.Remove, is_change=True)),
    )
}
