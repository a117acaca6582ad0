"""SIGTERM, SIGINT and SIGHUP: no new connections, requests in flight finish, exit 0, nothing lost."""
import signal
import socket
import sqlite3
import unittest

import harness

BODY = b'{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"slow"}'


class Signals(unittest.TestCase):
    def begin_request(self, server, connection):
        """A POST of which half the body is sent; the socket."""
        path = connection["base_url"].removeprefix(server.url) + "/Groups"
        sock = socket.create_connection(("127.0.0.1", server.port), timeout=harness.PATIENCE)
        sock.sendall((f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {connection['bearer_token']}\r\n"
                      f"Content-Type: application/scim+json\r\nContent-Length: {len(BODY)}\r\n"
                      "Expect: 100-continue\r\n\r\n").encode())
        # The answer to Expect proves that the server knows of the request before the signal comes.
        answer = sock.recv(1024)
        assert answer.startswith(b"HTTP/1.1 100 "), answer
        sock.sendall(BODY[:20])
        return sock

    def heed_hangup(self):
        """Also if whoever runs the tests ignores it."""
        signal.signal(signal.SIGHUP, signal.SIG_DFL)

    def refused(self, server):
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=1):
                return False
        except OSError:
            return True

    def test_request_in_flight_finishes(self):
        for how in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(how=how), harness.directory() as folder:
                project = harness.Project(folder)
                with harness.Server(folder, before=self.heed_hangup) as server:
                    connection = project.connect(server)
                    with self.begin_request(server, connection) as sock:
                        server.terminate(how)
                        self.assertTrue(harness.eventually(lambda: self.refused(server)), "still accepts")
                        sock.sendall(BODY[20:])
                        answer = sock.recv(65536)
                    self.assertTrue(answer.startswith(b"HTTP/1.1 201 "), answer)
                    self.assertEqual(server.wait(), 0)
                with harness.Server(folder) as server:
                    groups = harness.all_groups(project.management(server), connection)
                    self.assertEqual([group["group_name"] for group in groups], ["slow"])

    def test_idle_connection_does_not_hold_the_end_up(self):
        with harness.directory() as folder, harness.Server(folder) as server:
            with socket.create_connection(("127.0.0.1", server.port)):
                harness.Client(server.url, "").call("GET", "/")
                self.assertEqual(server.stop(), 0)

    def test_a_request_that_never_ends_is_cut_off(self):
        with harness.directory() as folder:
            project = harness.Project(folder)
            with harness.Server(folder) as server:
                connection = project.connect(server)
                with self.begin_request(server, connection):
                    self.assertEqual(server.stop(), 0)

    def test_second_signal_ends_at_once(self):
        with harness.directory() as folder:
            project = harness.Project(folder)
            with harness.Server(folder) as server:
                connection = project.connect(server)
                with self.begin_request(server, connection):
                    server.terminate()
                    self.assertTrue(harness.eventually(lambda: self.refused(server)))
                    server.terminate()
                    self.assertEqual(server.wait(), -signal.SIGTERM)

    def test_a_hangup_under_nohup_is_ignored(self):
        ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
        with harness.directory() as folder, harness.Server(folder, before=ignore) as server:
            server.terminate(signal.SIGHUP)
            status, _ = harness.Client(server.url, "none").call("GET", "/v1/debug/whoami")
            self.assertEqual(status, 400)
            self.assertEqual(server.stop(), 0)

    def test_the_database_file_is_complete_afterwards(self):
        """After an orderly end rollcall.db alone is enough: a copy without companions has the data."""
        with harness.directory() as folder:
            project = harness.Project(folder / "data")
            with harness.Server(folder / "data") as server:
                connection = project.connect(server)
                harness.scim(connection).ok("POST", "/Groups", {"displayName": "kept"})
                self.assertEqual(server.stop(), 0)
            (folder / "copy").mkdir()
            (folder / "copy" / "rollcall.db").write_bytes((folder / "data" / "rollcall.db").read_bytes())
            with sqlite3.connect(folder / "copy" / "rollcall.db") as database:
                self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))
            with harness.Server(folder / "copy") as server:
                groups = harness.all_groups(project.management(server), connection)
                self.assertEqual([group["group_name"] for group in groups], ["kept"])


if __name__ == "__main__":
    harness.main()
