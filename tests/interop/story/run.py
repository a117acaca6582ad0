"""Runs a program that tells the story with an official client, against the real binary.

    run.py [--live] PROGRAM [ARGUMENT …]     environment: ROLLCALL_BIN

The program finds in its environment
    STORY_SERVER                      base URL of the server
    STORY_PROJECT_ID, STORY_SECRET    of a test project, or with --live of a live one
    STORY_PROFILE_ID                  of the trusted-token profile of the world's issuer
    STORY_WORLD                       base URL of what else a backend has around it; see world.py

Ends with the program's exit code, or with 1 if the server did not end cleanly or a secret stands in its log.
Standard library only.
"""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "cli"))
import harness  # noqa: E402
import issuer  # noqa: E402
import world  # noqa: E402

DEFAULT_BINARY = ROOT / "build" / "release" / "bin" / "rollcall"


def trust(issued_by, project, folder):
    """Makes the issuer's profile; its id."""
    profile = folder / "profile.json"
    profile.write_text(json.dumps(issued_by.profile()))
    made = harness.run("token-profile", "create", project.id, profile, "--data", folder / "data", "--json")
    if made.returncode != 0:
        raise AssertionError(made.stderr)
    return json.loads(made.stdout)["profile_id"]


def tell(program, kind, folder, problems):
    project = harness.Project(folder / "data", kind)
    issued_by = issuer.Issuer(folder)
    profile_id = trust(issued_by, project, folder)
    with harness.Server(folder / "data") as server, world.World(folder / "data", issued_by) as around:
        environment = os.environ | {
            "STORY_SERVER": server.url, "STORY_WORLD": around.url, "STORY_PROFILE_ID": profile_id,
            "STORY_PROJECT_ID": project.id, "STORY_SECRET": project.secret}
        code = subprocess.run(program, env=environment, check=False).returncode
        if server.stop() != 0:
            problems.append("the server did not end cleanly:\n" + "".join(server.errors))
    log = "".join(server.errors)
    if any(secret in log for secret in (project.secret, *around.secrets)):
        problems.append("a secret stands in the server's log")
    return code


def main():
    program, kind = sys.argv[1:], "test"
    if program[:1] == ["--live"]:
        program, kind = program[1:], "live"
    if not program:
        print(__doc__, file=sys.stderr)
        return 2
    harness.BINARY = pathlib.Path(os.environ.get("ROLLCALL_BIN", DEFAULT_BINARY)).resolve()
    problems = []
    with harness.directory() as folder:
        code = tell(program, kind, folder, problems)
    print("".join(f"story: {problem}\n" for problem in problems), end="", file=sys.stderr)
    return code or (1 if problems else 0)


if __name__ == "__main__":
    sys.exit(main())
