"""kill -9 in the middle of a push: every write that was answered with 2xx is there afterwards."""
import http.client
import random
import threading
import unittest

import harness

ROUNDS = 4
THREADS = 6
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class Pusher(threading.Thread):
    """One provider thread: users, each put into the thread's newest group; now and then a new group,
    a rename, or a removal. Keeps what was acknowledged, and stops at the first broken connection."""

    def __init__(self, connection, name, progress):
        super().__init__()
        self.client = harness.scim(connection)
        self.label = name
        self.progress = progress
        self.random = random.Random(name)
        self.users = {}    # id → userName
        self.groups = {}   # id → displayName
        self.members = {}  # group id → set of user ids
        self.deleted = set()
        self.open = None   # what was under way when the connection broke: may or may not be there
        self.unexpected = []

    def run(self):
        number = 0
        while not self.unexpected:
            number += 1
            try:
                self.step(number)
            except (OSError, http.client.HTTPException):
                return
            self.progress.release()

    def send(self, method, path, body, expected):
        self.open = (method, path, body)
        status, answer = self.client.call(method, path, body)
        self.open = None
        if status not in expected:
            self.unexpected.append((method, path, status, answer))
            raise OSError
        return answer

    def step(self, number):
        if number % 10 == 1:
            name = f"{self.label} group {number}"
            group = self.send("POST", "/Groups", {"schemas": [GROUP], "displayName": name}, (201,))["id"]
            self.groups[group] = name
            self.members[group] = set()
        name = f"{self.label}-{number}@kill.example"
        user = self.send("POST", "/Users", {"schemas": [USER], "userName": name, "externalId": name}, (201,))["id"]
        self.users[user] = name
        group = list(self.groups)[-1]
        self.patch(group, {"op": "add", "path": "members", "value": [{"value": user}]})
        self.members[group].add(user)
        if number % 7 == 0:
            gone = self.random.choice(sorted(self.members[group]))
            self.patch(group, {"op": "remove", "path": f'members[value eq "{gone}"]'})
            self.members[group].discard(gone)
        if number % 9 == 0:
            renamed = f"{self.label} group {number} renamed"
            self.patch(group, {"op": "replace", "path": "displayName", "value": renamed})
            self.groups[group] = renamed
        if number % 13 == 0:
            gone = self.random.choice(sorted(self.users))
            self.send("DELETE", "/Users/" + gone, None, (204,))
            del self.users[gone]
            self.deleted.add(gone)
            for members in self.members.values():
                members.discard(gone)

    def patch(self, group, operation):
        self.send("PATCH", "/Groups/" + group, {"schemas": [PATCH], "Operations": [operation]}, (200, 204))


class Kill(unittest.TestCase):
    def test_acknowledged_writes_survive(self):
        with harness.directory() as folder:
            project = harness.Project(folder)
            connection = None
            pushers = []
            for round_number in range(ROUNDS):
                with harness.Server(folder) as server:
                    if connection is None:
                        connection = project.connect(server)
                    connection["base_url"] = server.url + connection["base_url"][connection["base_url"].index("/v1/"):]
                    self.check(project, server, connection, pushers)
                    progress = threading.Semaphore(0)
                    now = [Pusher(connection, f"r{round_number}t{i}", progress) for i in range(THREADS)]
                    for pusher in now:
                        pusher.start()
                    # In the middle of the push, wherever that is this time.
                    for _ in range(60 + random.randrange(60)):
                        self.assertTrue(progress.acquire(timeout=harness.PATIENCE))
                    server.kill()
                    for pusher in now:
                        pusher.join()
                        self.assertEqual(pusher.unexpected, [])
                    pushers += now
            with harness.Server(folder) as server:
                self.check(project, server, connection, pushers)
                self.assertEqual(server.stop(), 0)
            self.assertGreater(sum(len(pusher.users) for pusher in pushers), 100)

    def check(self, project, server, connection, pushers):
        client = harness.scim(connection, server)
        listed = {group["group_id"]: group["group_name"]
                  for group in harness.all_groups(project.management(server), connection, limit=7)}
        users = self.all_users(client)
        for pusher in pushers:
            method, path, body = pusher.open or (None, "", None)
            for user, name in pusher.users.items():
                if method == "DELETE" and path.endswith(user):
                    continue
                self.assertEqual(users.get(user), name)
            for user in pusher.deleted:
                self.assertNotIn(user, users)
            for group, name in pusher.groups.items():
                touched = path.endswith(group)
                if not touched:
                    self.assertEqual(listed.get(group), name)
                self.assertIn(group, listed)
                members = {member["value"] for member in client.ok("GET", "/Groups/" + group).get("members", [])}
                doubtful = set()
                if touched or method == "DELETE":
                    doubtful = {user for user in pusher.users if user in str(body) + path}
                self.assertEqual(members - doubtful, pusher.members[group] - doubtful, (method, path, body))

    @staticmethod
    def all_users(client):
        users, start = {}, 1
        while True:
            page = client.ok("GET", f"/Users?startIndex={start}&count=500")
            for user in page.get("Resources", []):
                users[user["id"]] = user["userName"]
            start += 500
            if start > page["totalResults"]:
                assert len(users) == page["totalResults"]
                return users


if __name__ == "__main__":
    harness.main()
