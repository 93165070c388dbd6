"""The tools as a model is told of them; what they do is done by the thread that asked."""

from pydantic_ai import FunctionToolset, RunContext, Tool

from treno_chat.assistant.model.line import Line
from treno_chat.assistant.model.toolbox import SEARCH


def toolset_of(offered: frozenset[str]) -> FunctionToolset[Line]:
    """Return the tools of these names."""
    return FunctionToolset([tool for tool in _TOOLS if tool.name in offered])


async def add_task(ctx: RunContext[Line], title: str) -> str:
    """Write a task on the person's own list, in the person's own words."""
    return await ctx.deps.want("add_task", title=title)


async def list_tasks(ctx: RunContext[Line]) -> str:
    """Read the person's own tasks, each with its number."""
    return await ctx.deps.want("list_tasks")


async def complete_task(ctx: RunContext[Line], task: str) -> str:
    """Mark one of the person's tasks as done, by its number or its title."""
    return await ctx.deps.want("complete_task", task=task)


async def update_task(ctx: RunContext[Line], task: str, new_title: str) -> str:
    """Give one of the person's tasks, by its number or its title, another title."""
    return await ctx.deps.want("update_task", task=task, new_title=new_title)


async def delete_task(ctx: RunContext[Line], task: str) -> str:
    """Ask the person whether a task, by its number or its title, is really to be deleted."""
    return await ctx.deps.want("delete_task", task=task)


async def search_guide(ctx: RunContext[Line], query: str) -> str:
    """Look for further pages of the place; they are for reading, not for a number."""
    return await ctx.deps.want(SEARCH, query=query)


_TOOLS: tuple[Tool[Line], ...] = (
    Tool(add_task),
    Tool(list_tasks),
    Tool(complete_task),
    Tool(update_task),
    Tool(delete_task),
    Tool(search_guide),
)
