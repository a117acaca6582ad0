"""scim2-tester, unmodified: no ERROR, no CRITICAL, nothing skipped."""
import collections
import pathlib
import sys

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import judge  # noqa: E402

# A check that could not run has not passed. A deviation is from a SHOULD: shown, not counted.
REFUSED = (Status.ERROR, Status.CRITICAL, Status.SKIPPED)
SHOWN = REFUSED + (Status.DEVIATION,)


def main():
    with judge.empty_connection() as (url, token):
        with Client(base_url=url, headers={"Authorization": f"Bearer {token}"}) as client:
            results = check_server(SyncSCIMClient(client))

    for result in results:
        if result.status in SHOWN:
            where = f"{result.resource_type or 'server'} {result.title}"
            print(f"{result.status.name} {where}: {result.reason} {result.data or ''}")
    counts = collections.Counter(result.status.name for result in results)
    print("scim2-tester:", ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
    # Without a readable discovery it stops early, and has then tested next to nothing.
    tested = {result.resource_type for result in results} >= {"User", "Group"}
    if not tested:
        print("scim2-tester did not get as far as users and groups")
    return 0 if tested and not any(result.status in REFUSED for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
