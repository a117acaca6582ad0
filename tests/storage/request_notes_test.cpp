// Notes of requests: order, bounds, filters, whose they are, and how they end.
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

Limits few_notes() {
    Limits limits;
    limits.request_notes_max = 4;
    return limits;
}

class RequestNotes : public StoreCase {
protected:
    RequestNotes() : StoreCase(few_notes()) {}

    Tenant tenant = world.tenant();
    storage::ConnectionKey key = tenant.connection;

    RequestNote note(std::string path, unsigned status = 200,
                     std::vector<std::string> notes = {"a: b"}) {
        return {.request = {key.environment(), world.ids().random_uuid()},
                .received_at = at(3),
                .method = "GET",
                .path = std::move(path),
                .status = status,
                .scim_type = status < 400 ? "" : "noTarget",
                .detail = status < 400 ? "" : "why",
                .notes = std::move(notes)};
    }
    void append(storage::ConnectionKey const& to, std::vector<RequestNote> const& notes) {
        std::vector<std::pair<storage::ConnectionKey, RequestNote>> all;
        for (auto const& each : notes) all.emplace_back(to, each);
        must(run_task(store().append_request_notes(all)));
    }
    std::string paths(storage::ConnectionKey const& of,
                      RequestNoteFilter filter = RequestNoteFilter::all,
                      std::optional<std::int64_t> before = {}, std::size_t limit = 100) {
        std::string text;
        for (auto const& stored : get(store().list_request_notes(of, filter, before, limit))) {
            text += stored.note.path + " ";
        }
        return text;
    }
};
ON_EVERY_STORE(RequestNotes);

TEST_P(RequestNotes, are_read_as_they_were_written) {
    auto const written = note("/Users?filter", 400, {"one: \"quoted\"\n", "two: é"});
    append(key, {written, note("/b", 204, {})});
    reopen();
    auto const read = get(store().list_request_notes(key, RequestNoteFilter::all, {}, 10));
    ASSERT_EQ(read.size(), 2U);
    EXPECT_GT(read[0].position, read[1].position);
    auto const& first = read[1].note;
    EXPECT_EQ(first.request, written.request);
    EXPECT_EQ(first.received_at, at(3));
    EXPECT_EQ(first.method, "GET");
    EXPECT_EQ(first.path, "/Users?filter");
    EXPECT_EQ(first.status, 400U);
    EXPECT_EQ(first.scim_type, "noTarget");
    EXPECT_EQ(first.detail, "why");
    EXPECT_EQ(first.notes, written.notes);
    EXPECT_TRUE(read[0].note.notes.empty());
}

TEST_P(RequestNotes, come_newest_first_in_pages) {
    append(key, {note("a"), note("b")});
    append(key, {note("c")});
    EXPECT_EQ(paths(key), "c b a ");
    EXPECT_EQ(paths(key, RequestNoteFilter::all, {}, 2), "c b ");
    auto const page = get(store().list_request_notes(key, RequestNoteFilter::all, {}, 2));
    append(key, {note("d")});
    EXPECT_EQ(paths(key, RequestNoteFilter::all, page.back().position, 2), "a ");
    EXPECT_EQ(paths(key, RequestNoteFilter::all, {}, 0), "");
}

TEST_P(RequestNotes, are_filtered) {
    append(key, {note("ok"), note("bad", 404, {}), note("both", 500), note("plain", 200, {})});
    EXPECT_EQ(paths(key, RequestNoteFilter::failed), "both bad ");
    EXPECT_EQ(paths(key, RequestNoteFilter::noted), "both ok ");
    EXPECT_EQ(paths(key, RequestNoteFilter::failed, {}, 1), "both ");
}

TEST_P(RequestNotes, forget_the_oldest_of_each_connection) {
    auto const other = world.tenant().connection;
    append(other, {note("x")});
    append(key, {note("a"), note("b"), note("c")});
    append(key, {note("d")});
    EXPECT_EQ(paths(key), "d c b a ");  // as many as are kept
    append(key, {note("e")});           // and one more
    EXPECT_EQ(paths(key), "e d c b ");
    append(key, {note("f"), note("g"), note("h"), note("i"), note("j"), note("k")});
    EXPECT_EQ(paths(key), "k j i h ");
    EXPECT_EQ(paths(other), "x ");
    reopen();
    append(key, {note("l")});
    EXPECT_EQ(paths(key), "l k j i ");
}

TEST_P(RequestNotes, of_several_connections_are_appended_together) {
    auto const other = world.tenant().connection;
    auto const gone = world.tenant();
    must(run_task(store().delete_connection(gone.connection, at(2), {})));
    must(run_task(store().append_request_notes({{key, note("a")},
                                                {other, note("x")},
                                                {gone.connection, note("lost")},
                                                {key, note("b")}})));
    EXPECT_EQ(paths(key), "b a ");
    EXPECT_EQ(paths(other), "x ");
    EXPECT_EQ(paths(gone.connection), "");
}

TEST_P(RequestNotes, end_with_their_connection) {
    append(key, {note("a"), note("b"), note("c"), note("d")});
    must(run_task(store().delete_connection(key, at(4), {})));
    EXPECT_EQ(paths(key), "");
    auto const next = world.connection(tenant.organization);
    append(next, {note("new")});
    purge_all();
    EXPECT_EQ(paths(next), "new ");
    EXPECT_EQ(paths(key), "");
}

TEST_P(RequestNotes, move_no_generation) {
    auto const before = store().generation(tenant.organization.id().uuid);
    append(key, {note("a")});
    EXPECT_EQ(store().generation(tenant.organization.id().uuid), before);
}

}  // namespace
}  // namespace rollcall::tests
