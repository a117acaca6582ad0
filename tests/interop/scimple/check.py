"""Runs a command with SCIM_URL and SCIM_TOKEN of an empty connection in its environment."""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import judge  # noqa: E402


def main():
    with judge.empty_connection() as (url, token):
        environment = {**os.environ, "SCIM_URL": url, "SCIM_TOKEN": token}
        return subprocess.run(sys.argv[1:], env=environment, timeout=540, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
