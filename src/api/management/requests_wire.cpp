// Request notes as JSON.
#include "api/management/requests_wire.hpp"

#include "api/management/json.hpp"
#include "http/message.hpp"

namespace rollcall::api::management {
namespace {

using directory::RequestNote;
using directory::RequestNoteFilter;

void note_to_json(std::string& out, RequestNote const& note) {
    JsonObject object(out);
    object.text("request_id", to_string(note.request));
    object.time("received_at", note.received_at);
    object.text("method", note.method);
    object.text("path", note.path);
    object.number("status", note.status);
    object.text("scim_type", note.scim_type);
    object.text("detail", note.detail);
    object.texts("notes", note.notes);
    object.close();
}

}  // namespace

Result<RequestNoteFilter> read_note_filter(std::string_view query) {
    for (auto const& [name, value] : http::parse_query(query)) {
        if (name != "only" || value.empty()) continue;
        if (value == "failed") return RequestNoteFilter::failed;
        if (value == "noted") return RequestNoteFilter::noted;
        return fail(Error(ErrorCode::invalid_value, "only must be failed or noted.")
                        .with_kind("invalid_argument"));
    }
    return RequestNoteFilter::all;
}

void requests_page_to_json(std::string& out, service::RequestNotesPage const& page) {
    JsonMembers members(out);
    append_list(members.value("requests"), page.notes, note_to_json);
    members.text_or_null("next_cursor", page.next_cursor);
}

}  // namespace rollcall::api::management
