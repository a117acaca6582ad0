"""What is around a backend while a story is told: the customer's identity provider, an issuer of tokens, the operator.

Served on the loopback interface, so that programs in any language can use it. Every call is a POST with a
JSON object as body; so is every answer. A failure is a 500 whose text says why.

    /push   {base_url, bearer_token}        pushes the directory below into a connection:
                                            {users: [{id, name, email_address}], groups: [{id, name}]}, in the
                                            order in which they were created
    /leave  {base_url, bearer_token, id}    deactivates a user: {}
    /probe  {base_url, bearer_token}        {status} of a cheap SCIM request: 200 while the token works
    /token  {email_address}                 {token} to attest that somebody is who they are
    /impersonate  {member_id, address}      {impersonation_token} that the operator makes for that address
"""
import http.server
import json
import threading

import harness

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

# The customer. Ada may do everything once the story maps her group to a role; Grace may not; Zoë leaves.
PEOPLE = (("Ada", "Lovelace"), ("Grace", "Hopper"), ("Zoë", "Müller-Ōe"))
DOMAIN = "acme.example"
FIRST_GROUPS = {"Administrators": ("Ada",), "Engineering": ("Ada", "Grace")}
GROUP_COUNT = 250


def user(given, family):
    address = f"{given.lower()}@{DOMAIN}".encode("ascii", "ignore").decode()
    return {"schemas": [USER, ENTERPRISE], "userName": address, "externalId": f"hr|{address}", "active": True,
            "displayName": f"{given} {family}",
            "name": {"givenName": given, "familyName": family, "formatted": f"{given} {family}"},
            "emails": [{"value": address, "type": "work", "primary": True}],
            ENTERPRISE: {"department": "Analytical Engines", "employeeNumber": "7"}}


def group_names():
    yield from FIRST_GROUPS
    for number in range(len(FIRST_GROUPS), GROUP_COUNT):
        yield f'Team {number}: "R&D" – süd'


def provider(connection):
    """A client for a connection, as its identity provider has it."""
    return harness.scim(connection)


def push(connection):
    client, ids, users, groups = provider(connection), {}, [], []
    for given, family in PEOPLE:
        made = client.ok("POST", "/Users", user(given, family))
        ids[given] = made["id"]
        users.append({"id": made["id"], "name": made["displayName"], "email_address": made["userName"]})
    for name in group_names():
        members = [{"value": ids[given]} for given in FIRST_GROUPS.get(name, ())]
        made = client.ok("POST", "/Groups", {"schemas": [GROUP], "displayName": name, "members": members})
        groups.append({"id": made["id"], "name": name})
    return {"users": users, "groups": groups}


def leave(asked):
    provider(asked).ok("PATCH", f"/Users/{asked['id']}", {
        "schemas": [PATCH], "Operations": [{"op": "replace", "value": {"active": False}}]})
    return {}


def probe(connection):
    return {"status": provider(connection).call("GET", "/Users?startIndex=1&count=1")[0]}


class World:
    """Serves the calls while the with block runs; `folder` is the server's data directory."""

    def __init__(self, folder, issuer):
        self.folder = folder
        self.calls = {"/push": push, "/leave": leave, "/probe": probe, "/impersonate": self.impersonate,
                      "/token": lambda asked: {"token": issuer.token(asked["email_address"])}}
        self.secrets = set()
        world = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, answer = world.answer(self.path, asked)
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def impersonate(self, asked):
        made = harness.run("impersonate", asked["member_id"], "--as", asked["address"], "--data", self.folder, "--json")
        if made.returncode != 0:
            raise RuntimeError(made.stderr)
        token = json.loads(made.stdout)["impersonation_token"]
        self.secrets.add(token)
        return {"impersonation_token": token}

    def answer(self, path, asked):
        if "bearer_token" in asked:
            self.secrets.add(asked["bearer_token"])
        try:
            return 200, self.calls[path](asked)
        except Exception as error:  # the story must hear of it, whatever it is
            return 500, {"error": f"{path}: {error!r}"}

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
