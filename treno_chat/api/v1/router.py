"""The router of the API: what all of its routes have in common."""

from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute

from treno_chat.api.v1.problems import ALWAYS
from treno_chat.api.v1.shapes import ApiJson

Responses = dict[int | str, dict[str, Any]]


class ApiRouter(APIRouter):
    """A router whose routes answer with `ApiJson` and may be refused as any of them may."""

    def __init__(
        self,
        *,
        prefix: str = "",
        tags: list[str] | None = None,
        dependencies: Any = None,  # noqa: ANN401 -- what FastAPI takes
        responses: Responses | None = None,
    ) -> None:
        super().__init__(
            prefix=prefix,
            tags=[*(tags or ())],
            dependencies=dependencies,
            responses={**ALWAYS, **(responses or {})},
            default_response_class=ApiJson,
            generate_unique_id_function=_operation_id,
        )


def _operation_id(route: APIRoute) -> str:
    """Call an operation by the name of its function: clients are generated from these."""
    return route.name
