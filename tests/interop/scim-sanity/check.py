"""scim-sanity's probe, unmodified and strict: no failure, no warning."""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import judge  # noqa: E402

# Resource types of an unpublished draft, which a directory of people does not have (Z-13).
SKIPPED = {"Agent CRUD Lifecycle", "AgenticApplication CRUD Lifecycle", "Agent Rapid Lifecycle"}
SEVEN_PHASES = 7


def probe():
    with judge.empty_connection() as (url, token):
        command = [sys.executable, "-m", "scim_sanity", "probe", url, "--token", token, "--strict",
                   "--json-output", "--i-accept-side-effects"]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    try:
        return json.loads(answer.stdout)
    except ValueError:
        raise SystemExit(f"scim-sanity gave no report:\n{answer.stdout}{answer.stderr}") from None


def main():
    results = probe()["results"]
    accepted = [result for result in results if result["status"] == "pass"]
    refused = [result for result in results
               if result["status"] != "pass" and not (result["status"] == "skip" and result["name"] in SKIPPED)]
    for result in refused:
        print(f"{result['status'].upper()} {result['name']}: {result.get('message', '')}")
    print(f"scim-sanity: {len(accepted)} passed, {len(refused)} refused, "
          f"{len(results) - len(accepted) - len(refused)} not for this server")
    phases = {result["phase"].split(" ")[1] for result in results}
    complete = all(str(number) in phases for number in range(1, SEVEN_PHASES + 1))
    if not complete:
        print(f"scim-sanity stopped early; phases {sorted(phases)}")
    return 0 if complete and not refused else 1


if __name__ == "__main__":
    sys.exit(main())
