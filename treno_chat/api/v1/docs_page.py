"""The page of the API's description: every operation, what it takes and what it answers."""

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from treno_chat.api.drawn.frame import page, top
from treno_chat.api.drawn.markup import Markup, element, join
from treno_chat.api.v1.problems import ALWAYS
from treno_chat.domain.words import Words

Json = Mapping[str, Any]
OPENAPI = "/api/v1/openapi.json"
METHODS = ("get", "post", "put", "patch", "delete")


def docs_page(openapi: Json, words: Words) -> str:
    """Return the whole page; what it says of each operation stands in the description alone."""
    title = words.say("api.title")
    link = element("a", OPENAPI, href=OPENAPI)
    content = element(
        "main",
        top(words, "line spread"),
        element(
            "div",
            element("h1", title, class_="sign s32"),
            element("p", words.say("api.lead"), " ", link),
            _prose(str(openapi["info"]["description"])),
            class_="stack gap-8",
        ),
        element("div", *(_operation(openapi, words, *each) for each in _operations(openapi))),
        element(
            "section",
            element("h2", words.say("api.refusals")),
            element("p", words.say("api.refusals_text")),
            _written(_example(openapi, ALWAYS[429])),
            class_="stack gap-8",
        ),
        id="main",
        class_="page api",
    )
    return page(words, content, title=title, own_style="api")


def _operations(openapi: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in openapi["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item[method]


def _operation(openapi: Json, words: Words, method: str, path: str, told: Json) -> Markup:
    name = element("code", f"{method.upper()} {openapi['servers'][0]['url']}{path}")
    parts = (
        _prose(told.get("description", "")),
        element("p", *_needs(words, told)),
        _listed(words.say("api.parameters"), _parameters(told)),
        _body(openapi, words, told),
        _listed(words.say("api.answers"), _answers(openapi, told)),
    )
    inside = element("div", *parts, class_="stack gap-8 inset")
    return element("details", element("summary", name), inside, id=told["operationId"])


def _needs(words: Words, told: Json) -> Iterator[str]:
    schemes = [name for each in told.get("security", ()) for name in each]
    if not schemes:
        yield words.say("api.for_anybody")
        return
    yield f"{words.say('api.needs')}: "
    yield join(*(element("code", f" {name} ") for name in schemes))


def _parameters(told: Json) -> Iterator[tuple[str, Markup]]:
    for each in told.get("parameters", ()):
        yield f"{each['name']} ({each['in']})", _prose(each.get("description", ""))


def _answers(openapi: Json, told: Json) -> Iterator[tuple[str, Markup]]:
    for status, answer in told["responses"].items():
        example = _example(openapi, answer)
        if int(status) < HTTPStatus.BAD_REQUEST:
            yield status, join(_prose(answer["description"]), _written(example))
        else:
            yield status, _prose(f"{answer['description']}: `{example['code']}`")


def _body(openapi: Json, words: Words, told: Json) -> Markup:
    if "requestBody" not in told:
        return Markup()
    shown = _written(_example(openapi, told["requestBody"]))
    return join(element("h2", words.say("api.body")), shown)


def _example(openapi: Json, told: Json) -> Any:  # noqa: ANN401 -- whatever JSON can be
    """Return the example of a body, its own or its schema's; None where there is none."""
    for content in told.get("content", {}).values():
        if "example" in content:
            return content["example"]
        schema: Json = content.get("schema", {})
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        known: Json = openapi["components"]["schemas"].get(name, schema)
        return known.get("examples", [known.get("properties")])[0]
    return None


def _written(example: object) -> Markup:
    """Return JSON as it travels, on as many lines as it needs."""
    if example is None:
        return Markup()
    # Whoever cannot use a mouse scrolls what is too wide by its focus.
    return element("pre", json.dumps(example, ensure_ascii=False, indent=2), tabindex=0)


def _prose(text: str) -> Markup:
    """Return paragraphs, and what stands between backticks as code."""
    pieces = (re.split(r"`([^`]+)`", each) for each in text.split("\n\n") if each.strip())
    return join(*(element("p", *_coded(each)) for each in pieces))


def _coded(pieces: list[str]) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        yield element("code", piece) if number % 2 else piece


def _listed(title: str, pairs: Iterator[tuple[str, Markup]]) -> Markup:
    rows = [join(element("dt", name), element("dd", text)) for name, text in pairs]
    return join(element("h2", title), element("dl", *rows)) if rows else Markup()
