"""Schema commands: what they print and refuse, and that a running server follows with the next request."""
import json
import unittest

import harness

BADGE = "urn:acme:scim:schemas:1.0:Badge"


def definition(*attributes):
    return {"id": BADGE, "name": "Badge", "attributes": list(attributes)}


NUMBER = {"name": "number", "type": "integer", "required": True}


class Schemas(unittest.TestCase):
    def put(self, folder, connection, schema, *options):
        file = folder / "schema.json"
        file.write_text(schema if isinstance(schema, str) else json.dumps(schema))
        return harness.run("schema", "put", connection, str(file), "--data", folder, *options)

    def test_a_running_server_follows_with_the_next_request(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            project = harness.Project(folder)
            connection = project.connect(server)
            provider = harness.scim(connection)
            user = {"userName": "ann", BADGE: {"number": 7}}
            self.assertNotIn(BADGE, provider.ok("POST", "/Users", user))

            made = self.put(folder, connection["connection_id"], definition(NUMBER))
            self.assertEqual((made.returncode, made.stderr), (0, ""))
            self.assertIn(BADGE, made.stdout)
            self.assertIn(BADGE, [schema["id"] for schema in provider.ok("GET", "/Schemas")["Resources"]])
            created = provider.ok("POST", "/Users", {**user, "userName": "ben"})
            self.assertEqual(created[BADGE], {"number": 7})
            self.assertIn(BADGE, created["schemas"])
            self.assertEqual(provider.call("POST", "/Users", {"userName": "cid", BADGE: {"number": "x"}})[0], 400)

            path = f"/v1/rollcall/scim/acme/connection/{connection['connection_id']}/schemas"
            managed = project.management(server).ok("GET", path)["scim_schemas"]
            listed = harness.run("schema", "list", connection["connection_id"], "--data", folder, "--json")
            self.assertEqual(json.loads(listed.stdout), managed)

            gone = harness.run("schema", "delete", connection["connection_id"], BADGE.upper(), "--data", folder)
            self.assertEqual((gone.returncode, gone.stdout), (0, f"Withdrawn: {BADGE}\n"))
            self.assertNotIn(BADGE, provider.ok("GET", f"/Users/{created['id']}"))
            self.assertEqual(project.management(server).ok("GET", path)["scim_schemas"], [])

    def test_data_under_them_outlives_a_restart(self):
        with harness.directory() as folder:
            project = harness.Project(folder)
            with harness.Server(folder) as server:
                connection = project.connect(server, provider="generic")
                self.assertEqual(self.put(folder, connection["connection_id"], definition(NUMBER)).returncode, 0)
                created = harness.scim(connection).ok("POST", "/Users", {"userName": "ann", BADGE: {"number": 7}})
                self.assertEqual(server.stop(), 0)
            with harness.Server(folder) as server:
                provider = harness.scim(connection, server)
                self.assertEqual(provider.ok("GET", f"/Users/{created['id']}")[BADGE], {"number": 7})
                found = provider.ok("GET", f"/Users?filter={BADGE}:number%20eq%207")
                self.assertEqual([user["id"] for user in found["Resources"]], [created["id"]])

    def test_they_work_without_a_server(self):
        with harness.directory() as folder:
            with harness.Server(folder) as server:
                connection = harness.Project(folder).connect(server)["connection_id"]
                server.stop()
            empty = harness.run("schema", "list", connection, "--data", folder)
            self.assertEqual(empty.stdout, "The connection declares no schema.\n")
            self.assertEqual(self.put(folder, connection, definition(NUMBER), "--resource-type", "Group").returncode, 0)
            piped = harness.run("schema", "put", connection, "-", "--data", folder, "--resource-type", "Group",
                                stdin=json.dumps(definition(NUMBER)))
            self.assertEqual((piped.returncode, piped.stderr), (0, ""))
            listed = harness.run("schema", "list", connection, "--data", folder)
            self.assertEqual(listed.stdout, f"{BADGE}  Group  optional  1 attribute(s)\n")

    def test_failures(self):
        with harness.directory() as folder:
            with harness.Server(folder) as server:
                connection = harness.Project(folder).connect(server)["connection_id"]
                server.stop()
            for schema, words in (
                    ("{", "schema.json: The JSON ends before it is complete"), ("[]", "schema.json: must hold a JSON object"), ("{}", "must be a URN"),
                    (definition(), "attributes: must not be empty"),
                    (definition({**NUMBER, "uniqueness": "server"}), "number.uniqueness: must be none")):
                result = self.put(folder, connection, schema)
                self.assertEqual((result.returncode, result.stdout), (1, ""), result)
                self.assertIn(words, result.stderr)
            unknown = "scim-connection-test-0190f3f4-5b4c-7abc-8def-0123456789ab"
            for command in (["list", unknown], ["delete", connection, BADGE],
                            ["put", connection, str(folder / "missing.json")]):
                result = harness.run("schema", *command, "--data", folder)
                self.assertEqual((result.returncode, result.stdout), (1, ""), result)
            self.assertIn("cannot be read", result.stderr)


if __name__ == "__main__":
    harness.main()
