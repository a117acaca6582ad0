// Everything that is the same in all rows of a page is made once.
#include "api/management/groups_wire.hpp"

#include "base/text.hpp"

namespace rollcall::api::management {
namespace {

// Room for a name of usual length; more is only a reallocation.
constexpr std::size_t usual_name_size = 48;

std::string row_head(service::GroupsPage const& page) {
    std::string head = R"({"group_id":")";
    head += GroupTag::prefix;
    head += '-';
    head += to_string(page.connection.environment);
    head += '-';
    return head;
}

std::string row_tail(service::GroupsPage const& page) {
    std::string tail = R"(","organization_id":")";
    append_id(tail, page.organization);
    tail += R"(","connection_id":")";
    append_id(tail, page.connection);
    tail += R"("},)";
    return tail;
}

}  // namespace

std::string groups_page_to_json(service::GroupsPage const& page) {
    constexpr std::string_view name_key = R"(","group_name":")";
    auto const head = row_head(page);
    auto const tail = row_tail(page);
    std::string out;
    auto const row_size =
        head.size() + uuid_text_size + name_key.size() + usual_name_size + tail.size();
    out.reserve(page.groups.size() * row_size + 256);
    out += R"("scim_groups":[)";
    for (auto const& group : page.groups) {
        out += head;
        append_uuid(out, group.id.uuid);
        out += name_key;
        append_json_escaped(out, group.display_name);
        out += tail;
    }
    if (!page.groups.empty()) out.pop_back();
    out += R"(],"next_cursor":)";
    if (page.next_cursor) {
        out += '"';
        out += *page.next_cursor;
        out += '"';
    } else {
        out += "null";
    }
    return out;
}

}  // namespace rollcall::api::management
