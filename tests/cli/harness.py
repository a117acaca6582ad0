"""Runs the real binary for black-box tests: processes, servers, requests. Standard library only.

A test file ends with harness.main(), and is called with the binary's path as its first argument.
"""
import base64
import contextlib
import http.client
import json
import os
import pathlib
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse

BINARY = None
PATIENCE = 60  # seconds until a test gives up waiting; never how long it waits when all is well


def main():
    global BINARY
    sys.modules.setdefault("harness", sys.modules[__name__])
    BINARY = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(module="__main__", warnings="ignore")  # sockets may end with the test


def environment(extra=None):
    """The environment without any setting of Rollcall, and with `extra`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ROLLCALL_")}
    clean.update(extra or {})
    return clean


def run(*arguments, env=None, stdin="", cwd=None, stdout=subprocess.PIPE):
    """Runs a command to its end; returncode, stdout and stderr as text."""
    return subprocess.run([BINARY, *map(str, arguments)], env=environment(env), input=stdin, cwd=cwd, stdout=stdout,
                          stderr=subprocess.PIPE, text=True, timeout=PATIENCE * 4, check=False)


@contextlib.contextmanager
def directory():
    with tempfile.TemporaryDirectory(prefix="rollcall-test-") as path:
        yield pathlib.Path(path)


def eventually(condition, seconds=PATIENCE):
    """Waits until `condition()` is true; its last value."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(0.02)


class Server:
    """`rollcall serve` on a free port; started when constructed, killed at the end of a with block."""

    def __init__(self, data, *arguments, env=None, stderr=subprocess.PIPE, before=None):
        """`stderr` where the log goes if the test reads it itself; `before` is called in the new process."""
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", str(data), "--listen", "127.0.0.1:0", *arguments],
            env=environment(env), stdout=subprocess.PIPE, stderr=stderr, text=True, preexec_fn=before)
        self.lines = []
        self._arrived = queue.Queue()
        self.errors = []
        for stream, take in ((self.process.stdout, self._arrived.put), (self.process.stderr, self.errors.append)):
            if stream is None:
                continue
            threading.Thread(target=self._drain, args=(stream, take), daemon=True).start()
        first = self.read_line()
        match = re.fullmatch(r"rollcall: listening on (http://127\.0\.0\.1:(\d+))", first or "")
        if not match:
            self.kill()
            raise AssertionError(f"did not start: {first!r} {''.join(self.errors)}")
        self.url, self.port = match.group(1), int(match.group(2))

    @staticmethod
    def _drain(stream, take):
        for line in stream:
            take(line)
        take("")

    def read_line(self):
        """The next line of standard output without its end; None at its end."""
        line = self._arrived.get(timeout=PATIENCE)
        if not line:
            return None
        self.lines.append(line)
        return line.rstrip("\n")

    def read_until(self, text):
        """Everything on standard output up to the line that contains `text`."""
        read = []
        while not read or text not in read[-1]:
            line = self.read_line()
            if line is None:
                raise AssertionError(f"{text!r} never came, but {read}")
            read.append(line)
        return "\n".join(read)

    def terminate(self, how=signal.SIGTERM):
        self.process.send_signal(how)

    def wait(self):
        return self.process.wait(timeout=PATIENCE)

    def stop(self):
        self.terminate()
        return self.wait()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()


class Client:
    """One kept connection that speaks JSON."""

    def __init__(self, url, authorization):
        parts = urllib.parse.urlsplit(url)
        self.prefix = parts.path
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
        self.headers = {"Authorization": authorization}

    def call(self, method, path, body=None):
        """Status and decoded body (None if empty)."""
        headers = dict(self.headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body).encode()
        self.connection.request(method, self.prefix + path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        return response.status, json.loads(content) if content else None

    def ok(self, method, path, body=None):
        status, answer = self.call(method, path, body)
        if status not in (200, 201, 204):
            raise AssertionError(f"{method} {path}: {status} {answer}")
        return answer


def basic(project, secret):
    return "Basic " + base64.b64encode(f"{project}:{secret}".encode()).decode()


class Project:
    """A new project of a data directory, and calls in its name."""

    def __init__(self, data, kind="test"):
        made = run("project", "create", "--data", data, "--name", "Test", "--env", kind, "--json")
        if made.returncode != 0:
            raise AssertionError(made.stderr)
        self.fields = json.loads(made.stdout)
        self.id, self.secret = self.fields["project_id"], self.fields["secret"]

    def management(self, server):
        return Client(server.url, basic(self.id, self.secret))

    def connect(self, server, slug="acme", provider="okta"):
        """A new organization with a SCIM connection: the connection object with its bearer token."""
        api = self.management(server)
        api.ok("POST", "/v1/b2b/organizations", {"organization_name": slug, "organization_slug": slug})
        return api.ok("POST", f"/v1/b2b/scim/{slug}/connection", {"identity_provider": provider})["connection"]


def scim(connection, server=None):
    """A client for a connection's SCIM side; `server` if it has moved to another port."""
    url = connection["base_url"].partition("?")[0]
    if server is not None:
        url = server.url + urllib.parse.urlsplit(url).path
    return Client(url, "Bearer " + connection["bearer_token"])


def all_groups(api, connection, limit=100):
    """Every group of a connection, page by page, through the management API."""
    path = f"/v1/b2b/scim/{connection['organization_id']}/connection/{connection['connection_id']}?limit={limit}"
    groups, cursor = [], ""
    while cursor is not None:
        page = api.ok("GET", path + (f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""))
        groups += page["scim_groups"]
        cursor = page["next_cursor"]
    return groups
