#!/usr/bin/env python3
"""tools/openapi.py adds what operations have in common, and refuses what it does not understand."""
import importlib.util
import json
import pathlib
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("openapi", ROOT / "tools" / "openapi.py")
openapi = importlib.util.module_from_spec(spec)
spec.loader.exec_module(openapi)

HEAD = {"info": {"title": "Test", "version": "1"},
        "components": {"securitySchemes": {"project": {"type": "http", "scheme": "basic"}},
                       "parameters": {"thing_id": {"name": "thing_id", "in": "path", "required": True,
                                                   "schema": {"$ref": "ThingId"}}}}}
KINDS = """constexpr std::array kinds{
    ErrorKind{"bad_request", 400, "Cannot be read."},
    ErrorKind{"refused", 401, "Not with \\"these\\" credentials."},
    ErrorKind{"thing_not_found", 404, "There is no such thing."},
    ErrorKind{"busy", 503, "Try again."},
};
"""
GET = {"operationId": "get_thing", "summary": "Get a thing", "access": "project",
       "answer": {"thing": {"$ref": "Thing"}}}
ANSWERS = {
    "RequestId": {"type": "string"},
    "ThingId": {"type": "string", "pattern": "^thing-@uuid$"},
    "Thing": {"properties": {"name": {"type": "string"}}, "optional_properties": {"size": {"type": "integer"}}},
    "Forgotten": {"type": "string"},
}


def area(operations=None, **sections):
    named = {"GET /v1/things/{thing_id}": GET} if operations is None else operations
    return {"tag": {"name": "Things"}, "operations": named, "answers": ANSWERS, **sections}


def assemble(*areas, kinds=KINDS):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        files = {"document.json": HEAD} | {f"area{number}.json": one for number, one in enumerate(areas)}
        for name, content in files.items():
            file = root / openapi.SOURCES / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        table = root / openapi.ERROR_KINDS
        table.parent.mkdir(parents=True)
        table.write_text(kinds, encoding="utf-8")
        return openapi.assemble(root)


def only_operation(**changes):
    """What becomes of GET with these changes."""
    source = {key: value for key, value in (GET | changes).items() if value is not None}
    path = assemble(area({"GET /v1/things/{thing_id}": source}))["paths"]["/v1/things/{thing_id}"]
    return path["get"]


class Operations(unittest.TestCase):
    def test_success_has_everything_it_names_and_the_envelope(self):
        success = only_operation(optional_answer={"more": {"type": "string"}})["responses"]["200"]
        body = success["content"]["application/json"]["schema"]
        self.assertEqual(body["required"], ["thing", "status_code", "request_id"])
        self.assertEqual(list(body["properties"]), ["thing", "status_code", "request_id", "more"])
        self.assertIs(body["additionalProperties"], False)

    def test_parameters_of_the_path_come_first(self):
        parameter = {"name": "only", "in": "query", "schema": {"type": "string"}}
        self.assertEqual(only_operation(parameters=[parameter])["parameters"],
                         [{"$ref": "#/components/parameters/thing_id"}, parameter])

    def test_access_decides_credentials_and_errors(self):
        operation = only_operation(access="project_session", permission=["things", "get", "self"])
        self.assertEqual(operation["security"], [{"project": []}, {"project": [], "member_session": []},
                                                 {"project": [], "member_session_jwt": []}])
        self.assertEqual(operation["x-rollcall-permission"], {"resource": "things", "action": "get", "or": "self"})
        self.assertEqual(list(operation["responses"]), ["200", "400", "401", "403", "404", "default"])
        self.assertEqual(only_operation(access="anyone")["security"], [])
        self.assertEqual(list(only_operation(access="anyone")["responses"]), ["200", "400", "404", "default"])

    def test_planned_operations_and_what_only_they_use_are_left_out(self):
        planned = {"GET /v1/things/{thing_id}": GET | {"planned": True},
                   "GET /v1/things": GET | {"operationId": "list_things", "answer": {}}}
        document = assemble(area(planned))
        self.assertEqual(list(document["paths"]), ["/v1/things"])
        self.assertEqual(list(document["components"]["schemas"]), ["Error", "RequestId"])
        self.assertEqual(document["components"]["parameters"], {})


class Schemas(unittest.TestCase):
    def test_answers_are_closed_and_requests_are_open(self):
        update = {"type": "object", "properties": {"name": {"type": "string", "permission": ["things", "rename"]}}}
        put = {"PUT /v1/things/{thing_id}": GET | {"body": {"$ref": "Update"}}}
        schemas = assemble(area(put, requests={"Update": update}))["components"]["schemas"]
        self.assertEqual(schemas["Thing"]["required"], ["name"])
        self.assertIs(schemas["Thing"]["additionalProperties"], False)
        self.assertEqual(list(schemas["Thing"]["properties"]), ["name", "size"])
        self.assertNotIn("additionalProperties", schemas["Update"])
        self.assertEqual(schemas["Update"]["properties"]["name"]["x-rollcall-permission"],
                         {"resource": "things", "action": "rename"})

    def test_short_forms(self):
        schemas = assemble(area())["components"]["schemas"]
        self.assertEqual(schemas["ThingId"]["pattern"], f"^thing-{openapi.UUID}$")
        self.assertNotIn("Forgotten", schemas)


class Errors(unittest.TestCase):
    def test_come_from_the_table(self):
        components = assemble(area())["components"]
        types = components["schemas"]["Error"]["properties"]["error_type"]
        self.assertEqual(types["enum"], ["bad_request", "refused", "thing_not_found", "busy"])
        self.assertEqual(types["x-enumDescriptions"]["refused"], 'Not with "these" credentials.')
        narrowed = {name: response["content"]["application/json"]["schema"]["properties"]["error_type"]["enum"]
                    for name, response in components["responses"].items()}
        self.assertEqual(narrowed["Error404"], ["thing_not_found"])
        self.assertEqual(narrowed["Error"], ["busy"])

    def test_a_line_of_another_form_is_not_passed_over(self):
        with self.assertRaisesRegex(openapi.Wrong, "another form"):
            assemble(area(), kinds=KINDS.replace("503,", "busy_status,"))


class Refusals(unittest.TestCase):
    def refused(self, words, *areas):
        with self.assertRaisesRegex(openapi.Wrong, words):
            assemble(*areas)

    def test_operations(self):
        for words, changes in (("unknown key sumary", {"sumary": "Get"}), ("needs summary", {"summary": None}),
                               ("access must be", {"access": "nobody"}), ("needs either", {"answer": None}),
                               ("without member sessions", {"permission": ["things", "get"]}),
                               ("a permission is", {"access": "project_session", "permission": ["things"]}),
                               ("needs in", {"parameters": [{"name": "only", "schema": {}}]})):
            with self.subTest(words), self.assertRaisesRegex(openapi.Wrong, words):
                only_operation(**changes)
        self.refused("is not METHOD", area({"FETCH /v1/things": GET}))
        self.refused("is not METHOD", area({"GET /v1/things/{}": GET}))

    def test_schemas(self):
        for words, answer in (("unknown key requried", {"type": "object", "requried": []}),
                              ("there is no Thingy in schemas", {"$ref": "Thingy"})):
            with self.subTest(words), self.assertRaisesRegex(openapi.Wrong, words):
                only_operation(answer={"thing": answer})
        open_object = {"properties": {}, "optional_properties": {"name": {"type": "string"}}}
        self.refused("optional_properties is for answers", area(requests={"Update": open_object}))

    def test_names_that_are_there_twice(self):
        self.refused("area1.json: Thing.* is there already", {"answers": {"Thing": {}}}, {"answers": {"Thing": {}}})
        self.refused("area1.json: GET .* is there already", area(), area() | {"answers": {}})
        self.refused("both an answer and a request", area(requests={"Thing": {"type": "string"}}))
        self.refused("a key is there twice", '{"tag": {"name": "A"}, "answers": {}, "answers": {}}')
        self.refused("area0.json: .*line 1", "{")


if __name__ == "__main__":
    unittest.main()
