// GET the groups of a connection: from kept bytes when nothing changed, else one indexed read.
#include "api/management/group_handlers.hpp"

#include "api/management/connection_handlers.hpp"
#include "api/management/groups_wire.hpp"
#include "api/management/page_query.hpp"

#include <cstdint>

namespace rollcall::api::management {
namespace {

void append_sized(std::string& key, std::string_view text) {
    auto const size = static_cast<std::uint32_t>(text.size());
    key.append(reinterpret_cast<char const*>(&size), sizeof size);
    key += text;
}

// Everything that decides what a page holds. Sizes keep two different keys from reading the same.
void make_page_key(std::string& key, Call const& call, PageQuery const& query) {
    auto const& project = call.project().id();
    auto const limit = static_cast<std::uint32_t>(query.limit);
    key.clear();
    key += static_cast<char>(project.environment);
    key.append(reinterpret_cast<char const*>(project.uuid.bytes.data()), project.uuid.bytes.size());
    key.append(reinterpret_cast<char const*>(&limit), sizeof limit);
    append_sized(key, call.parameters.organization);
    append_sized(key, call.parameters.connection);
    if (query.cursor) key += *query.cursor;
}

// What must not have changed for a page to be current. An id always names the same organization; a
// slug or external id can come to name another one, and only the project's generation tells.
Uuid scope_of(Call const& call) {
    if (auto const id = parse_id<OrganizationId>(call.parameters.organization)) return id->uuid;
    return call.project().id().uuid;
}

Reply kept(std::shared_ptr<std::string const> body) {
    Reply reply;
    reply.kept = std::move(body);
    return reply;
}

}  // namespace

Task<Result<Reply>> get_groups(Call const& call) {
    CO_TRY(auto const query, read_page_query(call.request.query, call.limits()));
    // Before the data is read, so that a change in between is never missed.
    auto const generation = call.services().connections.generation(scope_of(call));
    thread_local std::string key_buffer;
    make_page_key(key_buffer, call, query);
    if (auto const* page = call.shared.pages.local().find(key_buffer, generation)) {
        call.context.organization = page->organization;
        call.context.connection = page->connection;
        co_return kept(page->body);
    }
    auto key = key_buffer;
    CO_TRY(auto const page, co_await call.services().connections.list_groups(
                                call.project(), reference_of(call), query.cursor, query.limit));
    auto body = std::make_shared<std::string const>(open_body(groups_page_to_json(page)));
    call.context.organization = to_string(page.organization);
    call.context.connection = to_string(page.connection);
    call.shared.pages.local().keep(std::move(key), generation,
                                   {body, call.context.organization, call.context.connection});
    co_return kept(std::move(body));
}

}  // namespace rollcall::api::management
