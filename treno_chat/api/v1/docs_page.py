"""The page of the API's description: every operation, what it takes and what it answers."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from treno_chat.api.drawn.frame import page, top
from treno_chat.api.drawn.markup import Markup, element, join
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
        element("h1", title),
        element("p", words.say("api.lead"), " ", link),
        element("p", str(openapi["info"]["description"])),
        *(_operation(openapi, words, *each) for each in _operations(openapi)),
        id="main",
        class_="stack gap-14 pad",
    )
    return page(words, top(words, "top"), content, title=title)


def _operations(openapi: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in openapi["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item[method]


def _operation(openapi: Json, words: Words, method: str, path: str, told: Json) -> Markup:
    name = element("code", f"{method.upper()} {openapi['servers'][0]['url']}{path}")
    parts = (
        element("p", told.get("description", "")),
        element("p", *_needs(words, told)),
        _listed(words.say("api.parameters"), _parameters(told)),
        _body(openapi, words, told),
        _listed(words.say("api.answers"), _answers(told)),
    )
    return element(
        "details", element("summary", name), *parts, id=told["operationId"], class_="stack"
    )


def _needs(words: Words, told: Json) -> Iterator[str]:
    schemes = [name for each in told.get("security", ()) for name in each]
    if not schemes:
        yield words.say("api.for_anybody")
        return
    yield f"{words.say('api.needs')}: "
    yield join(*(element("code", f" {name} ") for name in schemes))


def _parameters(told: Json) -> Iterator[tuple[str, str]]:
    for each in told.get("parameters", ()):
        yield f"{each['name']} ({each['in']})", each.get("description", "")


def _answers(told: Json) -> Iterator[tuple[str, str]]:
    for status, answer in told["responses"].items():
        yield status, answer["description"]


def _body(openapi: Json, words: Words, told: Json) -> Markup:
    if "requestBody" not in told:
        return Markup()
    schema: Json = next(iter(told["requestBody"]["content"].values()))["schema"]
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    known: Json = openapi["components"]["schemas"].get(name, schema)
    shown = known.get("examples", [known.get("properties", {})])[0]
    written = json.dumps(shown, ensure_ascii=False, indent=2)
    return join(element("h2", words.say("api.body")), element("pre", written))


def _listed(title: str, pairs: Iterator[tuple[str, str]]) -> Markup:
    rows = [join(element("dt", name), element("dd", text)) for name, text in pairs]
    return join(element("h2", title), element("dl", *rows)) if rows else Markup()
