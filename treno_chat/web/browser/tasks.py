"""What one does with one's own tasks: every change through the API, then the list is read anew."""

import reflex as rx

from treno_chat.web.browser.answer import ANSWER
from treno_chat.web.browser.hooks import ability, tell
from treno_chat.web.browser.states import STATE_IMPORTS
from treno_chat.web.states.tasks import TasksState

LIST_ID = "tasks"

CHANGES = """
useEffect(() => {
ANSWER
  const own = () => "/api/v1/users/" + states.getSnapshot("TASKS")?.user_id_rx_state_ + "/tasks";
  const change = async (form, method, path, body) => {
    try {
      const answer = await fetch(own() + path, { method, body: body && JSON.stringify(body),
        headers: { Accept: "application/json", "Content-Type": "application/json" } });
      if (answer.ok) return true;
      // Gone meanwhile: another tab was here.
      if (answer.status === 404) AGAIN;
      refuse(form, await answer.json());
    } catch {
      refuse(form, say(form, "sayOffline"));
    }
    return false;
  };
  // `to` is the task where the focus belongs once the list is there; without one, the list.
  const done = (said, to) => {
    memory.setState({ said: "tasks.said_" + said, sheet: "", task: "" });
    refs.treno_task_focus = to;
    AGAIN;
  };
  const forms = {
    "task-add": async (form, { title, description }) => {
      if (!await change(form, "POST", "", { title, description })) return;
      form.reset();
      form.querySelector("details").open = false;
      done("added");
      form.elements.title.focus();
    },
    "task-tick": async (form, { id, completed }) => {
      const isDone = completed === "true";
      if (await change(form, "PATCH", "/" + id, { completed: isDone }))
        done(isDone ? "done" : "open", id);
    },
    "task-edit": async (form, { id, title, description }) => {
      if (await change(form, "PATCH", "/" + id, { title, description })) done("saved", id);
    },
    "task-remove": async (form, { id }) => {
      if (await change(form, "DELETE", "/" + id)) done("removed", "");
    },
  };
  const submit = async (event) => {
    const form = event.target;
    const act = forms[form?.dataset?.entry];
    if (!act) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    const given = Object.fromEntries(new FormData(form, event.submitter));
    clear(form);
    // Not disabled: the focus stays on what was pressed.
    form.setAttribute("aria-busy", "true");
    try { await act(form, given); } finally { form.setAttribute("aria-busy", "false"); }
  };
  document.addEventListener("submit", submit);
  return () => document.removeEventListener("submit", submit);
}, [])
"""

WAYS = """
useEffect(() => {
  const tick = (id) => `[data-task="${CSS.escape(id)}"] [name="completed"]`;
  const stop = () => {
    const { task } = memory.getState();
    if (!task) return;
    memory.setState({ task: "" });
    const opener = `[data-task-edit="${CSS.escape(task)}"]`;
    setTimeout(() => document.querySelector(opener)?.focus());
  };
  refs.treno_task_land = (id) => {
    const button = id && document.querySelector(tick(id));
    (button || document.getElementById("LIST"))?.focus();
  };
  const click = (event) => {
    const pressed = event.target?.closest?.("[data-task-edit], [data-task-act]");
    if (!pressed) return;
    const { taskEdit, taskAct: act, which } = pressed.dataset;
    if (taskEdit) memory.setState({ task: taskEdit });
    if (act === "stop") stop();
    if (act === "more") MORE;
    if (act === "show") { memory.setState({ task: "" }); SHOW; }
  };
  const onKey = (event) => {
    if (event.key === "Escape" && !event.isComposing && !memory.getState().sheet) stop();
  };
  document.addEventListener("click", click);
  document.addEventListener("keydown", onKey);
  return () => {
    memory.setState({ task: "", said: "" });
    document.removeEventListener("click", click);
    document.removeEventListener("keydown", onKey);
  };
}, [])
"""

LANDING = """
const listed = useStateContext("TASKS").tasks_rx_state_
useEffect(() => {
  const to = refs.treno_task_focus;
  refs.treno_task_focus = undefined;
  if (to !== undefined) refs.treno_task_land?.(to);
}, [listed])
"""


def tasks() -> tuple[rx.Var[object], ...]:
    """Run the forms and the buttons of the page of tasks."""
    name = TasksState.get_full_name()
    again = tell(TasksState.again, "{}")
    return (
        ability(CHANGES.replace("ANSWER", ANSWER).replace("AGAIN", again).replace("TASKS", name)),
        ability(
            WAYS.replace("MORE", tell(TasksState.more, "{}"))
            .replace("SHOW", tell(TasksState.show, "{ which }"))
            .replace("LIST", LIST_ID)
        ),
        ability(LANDING.replace("TASKS", name), imports=STATE_IMPORTS),
    )
