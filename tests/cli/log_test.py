"""The log's reader may stall or go away: the server serves on, and ends when it is asked to."""
import contextlib
import os
import time
import unittest

import harness

REQUESTS = 3000  # their lines fill a pipe and every batch on the way to it


class Log(unittest.TestCase):
    @contextlib.contextmanager
    def server_with_log_pipe(self):
        reader, writer = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb")))
        with reader, writer, harness.directory() as folder, harness.Server(folder, stderr=writer) as server:
            writer.close()
            yield server, reader

    def serves(self, server):
        client = harness.Client(server.url, "none")
        for _ in range(REQUESTS):
            status, _ = client.call("GET", "/v1/debug/whoami")
            self.assertEqual(status, 400)

    def test_a_reader_that_takes_nothing(self):
        with self.server_with_log_pipe() as (server, _):
            self.serves(server)
            began = time.monotonic()
            self.assertEqual(server.stop(), 0)
            self.assertLess(time.monotonic() - began, 30)

    def test_a_reader_that_goes_away(self):
        with self.server_with_log_pipe() as (server, reader):
            reader.close()
            self.serves(server)
            self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    harness.main()
