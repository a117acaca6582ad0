#!/usr/bin/env python3
"""Assembles the OpenAPI document of the management API from docs/openapi and the table of error kinds.

    tools/openapi.py           prints it
    tools/openapi.py FILE      writes it; a FILE that ends in .cpp gets it as a constant, for the binary

docs/openapi/README.md describes the sources. What all operations have in common is added here: path
parameters, who may call, the form of successes and errors. Whatever it does not understand is an error that
names the place. Standard library only.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = "docs/openapi"
HEAD = "document.json"
ERROR_KINDS = "src/api/management/error_kinds.cpp"

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
OWN_ERRORS = (400, 401, 403, 404)  # of single operations; any request may meet the others
OPERATION_NAME = re.compile(r"(GET|PUT|POST|DELETE) (/[\w.-]+|/{\w+})+")
CLOSED = {"type": "object", "additionalProperties": False}
SECURITY = {
    "anyone": [],
    "project": [{"project": []}],
    "project_session": [{"project": []}, {"project": [], "member_session": []},
                        {"project": [], "member_session_jwt": []}],
    "project_alone": [{"project": []}],
}


class Wrong(Exception):
    """A source that cannot be used; the text names the place."""


def check_keys(place, given, known, needed=()):
    for key in given:
        if key not in known:
            raise Wrong(f"{place}: unknown key {key}")
    for key in needed:
        if key not in given:
            raise Wrong(f"{place}: needs {key}")


# --- Schemas ----------------------------------------------------------------------------------------------

PLAIN = {"type", "enum", "const", "default", "examples", "description", "format", "pattern", "minLength",
         "maxLength", "minimum", "maximum", "minItems", "maxItems", "uniqueItems", "minProperties",
         "maxProperties", "required"}
NESTED = {"items", "additionalProperties", "propertyNames"}
LISTED = {"oneOf", "anyOf", "allOf"}
OWN = {"$ref", "properties", "optional_properties", "permission"}


def permission(place, words):
    if not 2 <= len(words) <= 3:
        raise Wrong(f"{place}: a permission is [resource, action] or [resource, action, other resource]")
    return dict(zip(("resource", "action", "or"), words))


def schema(place, source, closed):
    """A schema as OpenAPI has it. `closed`: objects have all their properties, and no others."""
    check_keys(place, source, PLAIN | NESTED | LISTED | OWN)
    out = {}
    for key, value in source.items():
        inner = f"{place}.{key}"
        if key == "$ref":
            out[key] = f"#/components/schemas/{value}"
        elif key == "pattern":
            out[key] = value.replace("@uuid", UUID)
        elif key == "permission":
            out["x-rollcall-permission"] = permission(inner, value)
        elif key == "properties":
            out.update(properties(place, source, closed))
        elif key in LISTED:
            out[key] = [schema(inner, option, closed) for option in value]
        elif key in NESTED and isinstance(value, dict):
            out[key] = schema(inner, value, closed)
        elif key != "optional_properties":
            out[key] = value
    return out


def properties(place, source, closed):
    optional = source.get("optional_properties", {})
    if not closed and optional:
        raise Wrong(f"{place}: optional_properties is for answers; here `required` says what is not optional")
    together = {**source["properties"], **optional}
    out = {"properties": {name: schema(f"{place}.{name}", value, closed) for name, value in together.items()}}
    return {**CLOSED, "required": list(source["properties"]), **out} if closed else out


# --- Operations ---------------------------------------------------------------------------------------------

OPERATION = {"planned", "operationId", "summary", "description", "access", "permission", "parameters", "body",
             "answer", "optional_answer", "responses"}
ENVELOPE = {"status_code": {"const": 200, "type": "integer"}, "request_id": {"$ref": "RequestId"}}


def json_content(of):
    return {"content": {"application/json": {"schema": of}}}


def success(place, source):
    form = {"properties": {**source["answer"], **ENVELOPE}, "optional_properties": source.get("optional_answer", {})}
    return {"description": "Done.", **json_content(schema(place, form, closed=True))}


def parameter(place, source):
    if isinstance(source, str):
        return {"$ref": f"#/components/parameters/{source}"}
    known = ("name", "in", "required", "description", "schema")
    check_keys(place, source, known, needed=("name", "in", "schema"))
    return {**source, "schema": schema(place, source["schema"], closed=False)}


def is_required(body, schemas):
    named = schemas.get(body.get("$ref"), body)
    return bool(named.get("required") or named.get("oneOf"))


def operation(name, source, area, requests):
    """`name` is "METHOD /path"."""
    check_keys(name, source, OPERATION, needed=("operationId", "summary", "access"))
    if ("answer" in source) == ("responses" in source):
        raise Wrong(f"{name}: needs either answer or responses")
    _, path = name.split(" ")
    access = source["access"]
    out = {"operationId": source["operationId"], "summary": source["summary"]}
    description = [source["description"]] if "description" in source else []
    if access == "project_alone":
        description.append("Not with a member session.")
    if description:
        out["description"] = " ".join(description)
    out["tags"] = [area["tag"]["name"]]
    if "permission" in source:
        if access != "project_session":
            raise Wrong(f"{name}: a permission without member sessions")
        out["x-rollcall-permission"] = permission(name, source["permission"])
    if access not in SECURITY:
        raise Wrong(f"{name}: access must be one of {', '.join(SECURITY)}")
    out["security"] = SECURITY[access]
    parameters = re.findall(r"{(\w+)}", path) + source.get("parameters", [])
    if parameters:
        out["parameters"] = [parameter(name, one) for one in parameters]
    if "body" in source:
        out["requestBody"] = {"required": is_required(source["body"], requests),
                              **json_content(schema(f"{name} body", source["body"], closed=False))}
    out["responses"] = source["responses"] if "responses" in source else {"200": success(name, source)}
    if path.startswith("/v1/"):
        statuses = [status for status in OWN_ERRORS if status not in (401, 403) or access != "anyone"]
        out["responses"] |= {str(status): {"$ref": f"#/components/responses/Error{status}"} for status in statuses}
    out["responses"]["default"] = {"$ref": "#/components/responses/Error"}
    return out


# --- Errors -------------------------------------------------------------------------------------------------

KIND = re.compile(r'^ *ErrorKind{"(\w+)", (\d+), ?"((?:[^"\\]|\\.)*)"},?$', re.MULTILINE)


def error_kinds(text):
    """[(name, status, explanation)] from the table in C++."""
    kinds = [(name, int(status), json.loads(f'"{words}"')) for name, status, words in KIND.findall(text)]
    if not kinds or len(kinds) != text.count("ErrorKind{\""):
        raise Wrong(f"{ERROR_KINDS}: a line of the table has another form than the rest")
    return kinds


def error_schema(kinds):
    return {
        "description": "Every answer that is not a success.",
        "properties": {
            "status_code": {"type": "integer", "enum": sorted({status for _, status, _ in kinds})},
            "request_id": {"$ref": "RequestId"},
            "error_type": {"type": "string", "enum": [name for name, _, _ in kinds],
                           "description": "A name that never changes its meaning."},
            "error_message": {"type": "string", "minLength": 1,
                              "description": "What was wrong with this request, for people."},
            "error_url": {"type": "string", "format": "uri", "description": "Leads to the explanation of the type."},
        },
    }


def error_responses(kinds):
    """One for each status that operations list, and one for all others."""
    responses = {}
    for status in OWN_ERRORS:
        names = [name for name, of, _ in kinds if of == status]
        narrowed = {"$ref": "#/components/schemas/Error",
                    "properties": {"status_code": {"const": status}, "error_type": {"enum": names}}}
        responses[f"Error{status}"] = {"description": describe_status(status), **json_content(narrowed)}
    others = [name for name, status, _ in kinds if status not in OWN_ERRORS]
    narrowed = {"$ref": "#/components/schemas/Error", "properties": {"error_type": {"enum": others}}}
    responses["Error"] = {"description": "What any request may meet.", **json_content(narrowed)}
    return responses


def describe_status(status):
    return {
        400: "The request says something that cannot be done; nothing was changed.",
        401: "The credentials are not accepted.",
        403: "The caller may not do this.",
        404: "Something that the request names does not exist for this caller.",
    }[status]


# --- The document ---------------------------------------------------------------------------------------------

AREA = {"tag", "operations", "answers", "requests"}


def read(file):
    def without_repeats(pairs):
        made = dict(pairs)
        if len(made) != len(pairs):
            raise Wrong(f"{file.name}: a key is there twice: {', '.join(key for key, _ in pairs)}")
        return made

    try:
        return json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=without_repeats)
    except json.JSONDecodeError as error:
        raise Wrong(f"{file.name}: {error}") from error


def read_areas(folder):
    areas = {file.name: read(file) for file in sorted(folder.glob("*.json")) if file.name != HEAD}
    for name, area in areas.items():
        check_keys(name, area, AREA, needed=("tag",) if "operations" in area else ())
    return areas


def merged(areas, section):
    together = {}
    for name, area in areas.items():
        for key, value in area.get(section, {}).items():
            if key in together:
                raise Wrong(f"{name}: {key} is there already")
            together[key] = value
    return together


def make_paths(areas, requests):
    """The paths, and the tags in use. Operations that are planned only are left out."""
    paths, tags = {}, []
    for name in merged(areas, "operations"):
        if not OPERATION_NAME.fullmatch(name):
            raise Wrong(f"{name}: is not METHOD /path")
    for area in areas.values():
        for name, source in area.get("operations", {}).items():
            if source.get("planned"):
                continue
            method, path = name.split(" ")
            paths.setdefault(path, {})[method.lower()] = operation(name, source, area, requests)
            if area["tag"] not in tags:
                tags.append(area["tag"])
    return paths, tags


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def only_used(components, paths):
    """The components that the paths lead to."""
    used, waiting = set(), list(references(paths))
    while waiting:
        reference = waiting.pop()
        if reference in used:
            continue
        used.add(reference)
        section, name = reference.removeprefix("#/components/").split("/")
        if name not in components[section]:
            raise Wrong(f"there is no {name} in {section}")
        waiting += references(components[section][name])
    return {section: {name: value for name, value in entries.items()
                      if section == "securitySchemes" or f"#/components/{section}/{name}" in used}
            for section, entries in components.items()}


def assemble(root):
    head = read(root / SOURCES / HEAD)
    kinds = error_kinds((root / ERROR_KINDS).read_text(encoding="utf-8"))
    areas = read_areas(root / SOURCES)
    answers, requests = merged(areas, "answers"), merged(areas, "requests")
    if both := set(answers) & set(requests):
        raise Wrong(f"both an answer and a request: {sorted(both)}")
    schemas = {name: schema(name, source, closed=True) for name, source in answers.items()}
    schemas |= {name: schema(name, source, closed=False) for name, source in requests.items()}
    schemas["Error"] = schema("Error", error_schema(kinds), closed=True)
    explanations = {name: explanation for name, _, explanation in kinds}
    schemas["Error"]["properties"]["error_type"]["x-enumDescriptions"] = explanations

    paths, tags = make_paths(areas, requests)
    components = {
        "securitySchemes": head["components"]["securitySchemes"],
        "parameters": {name: parameter(name, source) for name, source in head["components"]["parameters"].items()},
        "responses": error_responses(kinds),
        "schemas": dict(sorted(schemas.items())),
    }
    return {"openapi": "3.1.0", "info": head["info"], "tags": tags, "paths": paths,
            "components": only_used(components, paths)}


# --- Output -----------------------------------------------------------------------------------------------------

CPP = """\
// Generated by tools/openapi.py from docs/openapi.
#include "api/management/openapi.hpp"

namespace rollcall::api::management {{

std::string_view openapi_text() noexcept {{
    return R"json({text})json";
}}

}}  // namespace rollcall::api::management
"""


def main():
    if len(sys.argv) > 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        document = assemble(ROOT)
    except Wrong as error:
        print(f"openapi: {error}", file=sys.stderr)
        return 1
    if len(sys.argv) == 1:
        print(json.dumps(document, indent=2, ensure_ascii=False))
    elif sys.argv[1].endswith(".cpp"):
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        pathlib.Path(sys.argv[1]).write_text(CPP.format(text=text), encoding="utf-8")
    else:
        text = json.dumps(document, indent=2, ensure_ascii=False)
        pathlib.Path(sys.argv[1]).write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
