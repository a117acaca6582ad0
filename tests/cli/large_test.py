"""A group of 100,000 members over HTTP: put, changed, read and emptied in bounded memory, row by row.
And users and members with as much text as they may have."""
import concurrent.futures
import json
import re
import socket
import sqlite3
import unittest
import urllib.parse
import uuid

import harness

USERS = 100_000
SOCKETS = 32
AT_ONCE = 50  # requests on their way on one socket
HEAVY = 200  # users of 900 KB
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
# docs/limits.md tells what a request on a group this large may need.
MEMORY_MAX = 400 * 1024 * 1024


def push_users(connection, count):
    """Creates users and returns their ids, in no particular order. Requests follow each other without
    waiting for answers: here it is the server's time that counts, not the client's."""
    url = urllib.parse.urlsplit(connection["base_url"])

    def request(number):
        body = json.dumps({"schemas": [USER], "userName": f"user{number}@large.example"})
        return (f"POST {url.path}/Users?attributes=id HTTP/1.1\r\nHost: {url.netloc}\r\n"
                f"Authorization: Bearer {connection['bearer_token']}\r\n"
                f"Content-Type: application/scim+json\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode()

    def push(first):
        ids = []
        numbers = range(first, count, SOCKETS)
        with socket.create_connection((url.hostname, url.port), timeout=harness.PATIENCE) as stream:
            for start in range(0, len(numbers), AT_ONCE):
                batch = numbers[start:start + AT_ONCE]
                stream.sendall(b"".join(map(request, batch)))
                answers = b""
                # An answer ends with its body, so a count of those is enough.
                while answers.count(b'"}') < len(batch):
                    received = stream.recv(1 << 16)
                    if not received:
                        raise AssertionError(f"the server hung up after {answers[-500:]}")
                    answers += received
                made = re.findall(rb'"id":"(member-test-[0-9a-f-]{36})"', answers)
                if len(made) != len(batch):
                    raise AssertionError(answers[-500:])
                ids += [user.decode() for user in made]
        return ids

    with concurrent.futures.ThreadPoolExecutor(SOCKETS) as pool:
        return [user for ids in pool.map(push, range(SOCKETS)) for user in ids]


def as_members(users):
    return [{"value": user} for user in users]


class Database:
    """What the server has written, read beside it."""

    def __init__(self, folder):
        self.connection = sqlite3.connect(f"file:{folder}/rollcall.db?mode=ro", uri=True)

    def memberships(self, group):
        """Each row of a group by its place."""
        key = uuid.UUID(group.removeprefix("scim-group-test-")).bytes
        return dict(self.connection.execute(
            "SELECT position, member_key FROM memberships JOIN groups ON groups.key = group_key WHERE uuid = ?",
            (key,)).fetchall())

    def last_event(self):
        return self.connection.execute("SELECT max(position) FROM outbox").fetchone()[0]

    def events(self, after):
        """How many events of each object and action there are since."""
        return self.connection.execute(
            "SELECT object, action, count(*) FROM outbox WHERE position > ? GROUP BY object, action", (after,)).fetchall()


class Memory:
    """The largest resident memory of a process while a block of code runs."""

    def __init__(self, process):
        self.folder = f"/proc/{process.pid}"

    def __enter__(self):
        with open(f"{self.folder}/clear_refs", "w", encoding="ascii") as file:
            file.write("5")
        return self

    def __exit__(self, *_):
        with open(f"{self.folder}/status", encoding="ascii") as file:
            self.peak = int(re.search(r"VmHWM:\s+(\d+) kB", file.read()).group(1)) * 1024


class Large(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(harness.directory())
        cls.project = harness.Project(folder)
        cls.server = cls.enterClassContext(harness.Server(folder))
        connection = cls.project.connect(cls.server)
        cls.users = sorted(push_users(connection, USERS))
        cls.client = harness.scim(connection)
        cls.database = Database(folder)

    def new_group(self, users=()):
        body = {"schemas": [GROUP], "displayName": self.id(), "members": as_members(users)}
        return self.client.ok("POST", "/Groups?attributes=id", body)["id"]

    def put(self, group, users):
        body = {"schemas": [GROUP], "displayName": self.id(), "members": as_members(users)}
        return self.client.ok("PUT", f"/Groups/{group}?excludedAttributes=members", body)

    def patch(self, group, *operations):
        self.assertEqual(self.client.call("PATCH", "/Groups/" + group, {"schemas": [PATCH], "Operations": operations}),
                         (204, None))

    def members(self, group):
        return [member["value"] for member in self.client.ok("GET", "/Groups/" + group)["members"]]

    def version(self, group):
        return self.client.ok("GET", f"/Groups/{group}?attributes=meta.version")["meta"]["version"]

    # R-11, K-11
    def test_memory_is_bounded(self):
        group = self.new_group()
        with Memory(self.server.process) as memory:
            self.put(group, self.users)
            self.assertEqual(self.members(group), self.users)
            self.patch(group, {"op": "remove", "path": "members", "value": as_members(self.users[:10_000])})
            self.patch(group, {"op": "add", "path": "members", "value": as_members(self.users[:10_000])})
            # Who is meant is known only when all members have been read.
            self.patch(group, {"op": "remove", "path": 'members[type eq "Group"]'})
            self.assertEqual(self.members(group), self.users[10_000:] + self.users[:10_000])
        self.assertLess(memory.peak, MEMORY_MAX)

    # W-03, R-11
    def test_a_replacement_writes_the_difference(self):
        group = self.new_group(self.users[1:])
        rows, event = self.database.memberships(group), self.database.last_event()
        self.put(group, [*self.users[2:], self.users[0]])
        after = self.database.memberships(group)
        self.assertEqual(rows.items() - after.items(), {(1, rows[1])})
        self.assertEqual({position for position, _ in after.items() - rows.items()}, {USERS})
        self.assertEqual(self.database.events(event), [(4, 0, 1), (4, 2, 1)])
        self.assertEqual(self.version(group), 'W/"2"')

    # W-12, S-15
    def test_an_equal_replacement_writes_nothing(self):
        group = self.new_group(self.users)
        event = self.database.last_event()
        self.put(group, reversed(self.users))
        self.assertEqual(self.database.last_event(), event)
        self.assertEqual(self.version(group), 'W/"1"')

    # P-56, P-32
    def test_a_change_of_all_is_one_step(self):
        group = self.new_group()
        event = self.database.last_event()
        self.patch(group, *({"op": "add", "path": "members", "value": as_members(self.users[start:start + 100])}
                            for start in range(0, USERS, 100)))
        self.assertEqual(self.version(group), 'W/"2"')
        self.assertEqual(len(self.database.memberships(group)), USERS)
        self.assertEqual(self.client.call("PATCH", "/Groups/" + group, {
            "schemas": [PATCH], "Operations": [{"op": "remove", "path": "members"}]})[0], 200)
        self.assertEqual(self.version(group), 'W/"3"')
        self.assertEqual(self.database.memberships(group), {})
        self.assertEqual(self.database.events(event), [(4, 0, USERS), (4, 2, USERS)])

    # H-13
    def test_bodies_are_taken_up_to_their_limit(self):
        connection = self.project.connect(self.server, "other")
        mebibyte = 1024 * 1024
        bulk = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
                "Operations": [{"method": "DELETE", "path": "/Users/nobody"}]}
        organization = "/v1/b2b/organizations/" + connection["organization_id"]

        def scim():
            return harness.scim(connection)

        def management():
            return self.project.management(self.server)

        for client, method, path, body, limit, good in (
                (scim, "POST", "/Users", {"userName": self.id()}, mebibyte, 201),
                (scim, "POST", "/Groups", {"displayName": self.id()}, 10 * mebibyte, 201),
                (scim, "POST", "/Bulk", bulk, mebibyte, 200),
                (management, "PUT", organization, {"organization_name": "Other"}, mebibyte, 200)):
            longest = json.dumps(body).encode().ljust(limit)
            # Refused from its head: the rest need not come.
            for size, sent, status in ((limit, longest, good), (limit + 1, b"", 413)):
                with self.subTest(path=path, size=size):
                    self.assertEqual(self.send(client(), method, path, size, sent), status)

    @staticmethod
    def send(client, method, path, size, body):
        client.connection.putrequest(method, client.prefix + path)
        client.connection.putheader("Authorization", client.headers["Authorization"])
        client.connection.putheader("Content-Length", str(size))
        client.connection.endheaders(body)
        return client.connection.getresponse().status

    # L-09, L-12
    def test_users_come_by_the_thousand(self):
        with Memory(self.server.process) as memory:
            found = []
            while len(found) < USERS:
                page = self.client.ok("GET", f"/Users?startIndex={len(found) + 1}&count=5000&attributes=id")
                self.assertEqual((page["totalResults"], page["itemsPerPage"]), (USERS, 1000))
                found += [user["id"] for user in page["Resources"]]
        self.assertEqual(sorted(found), self.users)
        self.assertLess(memory.peak, MEMORY_MAX)


class Heavy(unittest.TestCase):
    """Few resources with long texts."""

    def setUp(self):
        folder = self.enterContext(harness.directory())
        self.project = harness.Project(folder)
        self.server = self.enterContext(harness.Server(folder))
        self.connection = self.project.connect(self.server)
        self.client = harness.scim(self.connection)

    # K-11
    def test_large_users_are_shown_within_bounds(self):
        # As much as a body may hold.
        numbers = [{"value": str(number).rjust(60_000, "0")} for number in range(15)]
        for number in range(HEAVY):
            self.client.ok("POST", "/Users?attributes=id",
                           {"schemas": [USER], "userName": f"heavy{number}", "phoneNumbers": numbers})
        api = self.project.management(self.server)
        with Memory(self.server.process) as memory:
            for query in ("count=1000", "count=40", "filter=active%20eq%20true"):
                status, error = self.client.call("GET", "/Users?" + query)
                self.assertEqual((status, error["scimType"]), (400, "tooMany"), query)
                self.assertIn("count", error["detail"])
            self.assertEqual(self.client.ok("GET", "/Users?count=30")["itemsPerPage"], 30)
            self.assertEqual(self.client.ok("GET", "/Users?filter=title%20pr")["totalResults"], 0)
            found, cursor = [], None
            while cursor is not None or not found:
                page = api.ok("POST", "/v1/b2b/organizations/members/search", {
                    "organization_ids": [self.connection["organization_id"]], "limit": 1000, "cursor": cursor})
                self.assertLess(len(page["members"]), 40)
                found += [member["member_id"] for member in page["members"]]
                cursor = page["results_metadata"]["next_cursor"]
            self.assertEqual(len(set(found)), HEAVY)
            self.assertEqual(len(found), HEAVY)
        self.assertLess(memory.peak, MEMORY_MAX)

    # K-11, W-09
    def test_long_displays_are_shown_within_bounds(self):
        users = push_users(self.connection, 1050)
        group = self.client.ok("POST", "/Groups?attributes=id", {"schemas": [GROUP], "displayName": self.id()})["id"]
        members = [{"value": user, "display": "d" * 65_000} for user in users]
        for start in range(0, len(members), 150):
            self.patch_members(group, members[start:start + 150])
        with Memory(self.server.process) as memory:
            for path in ("/Groups/" + group, f'/Groups?filter=id%20eq%20"{group}"'):
                status, error = self.client.call("GET", path)
                self.assertEqual((status, error["scimType"]), (400, "tooMany"))
                self.assertIn("excludedAttributes=members", error["detail"])
            self.client.ok("GET", f"/Groups/{group}?excludedAttributes=members")
            self.patch_members(group, members[:1], "?attributes=members")
        self.assertLess(memory.peak, MEMORY_MAX)

    def patch_members(self, group, members, query="?attributes=id"):
        answer = self.client.ok("PATCH", f"/Groups/{group}{query}", {
            "schemas": [PATCH], "Operations": [{"op": "add", "path": "members", "value": members}]})
        self.assertNotIn("members", answer)


if __name__ == "__main__":
    harness.main()
