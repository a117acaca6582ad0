"""What the judges from PyPI are pointed at: the real binary with one empty connection."""
import contextlib
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))
import harness  # noqa: E402

DEFAULT_BINARY = HERE.parent.parent / "build" / "release" / "bin" / "rollcall"


@contextlib.contextmanager
def empty_connection():
    """SCIM base URL and bearer token of a new connection on a throw-away server, which must end cleanly."""
    harness.BINARY = pathlib.Path(os.environ.get("ROLLCALL_BIN", DEFAULT_BINARY)).resolve()
    with harness.directory() as folder:
        project = harness.Project(folder)
        with harness.Server(folder) as server:
            connection = project.connect(server, provider="generic")
            yield connection["base_url"].partition("?")[0], connection["bearer_token"]
            if server.stop() != 0:
                raise AssertionError("the server did not end cleanly:\n" + "".join(server.errors))
