// Trusted-token profiles: list, create, get, update, delete.
#include "api/management/token_profile_handlers.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"
#include "api/management/token_profile_wire.hpp"

namespace rollcall::api::management {
namespace {

Reply profile_reply(directory::TokenProfile const& profile) {
    Reply reply;
    token_profile_to_json(JsonMembers(reply.members).value("trusted_token_profile"), profile);
    return reply;
}

Result<directory::TokenProfileFields> read_fields(Call const& call) {
    TRY(auto const body, read_body(call.request.body, call.limits()));
    return token_profile_fields_from_json(body);
}

std::string profile_id(Call const& call) {
    return std::string(call.parameters.profile);
}

}  // namespace

Task<Result<Reply>> list_token_profiles(Call const& call) {
    CO_TRY(auto const profiles, co_await call.services().token_profiles.list(call.project()));
    Reply reply;
    append_list(JsonMembers(reply.members).value("trusted_token_profiles"), profiles,
                token_profile_to_json);
    co_return reply;
}

Task<Result<Reply>> create_token_profile(Call const& call) {
    CO_TRY(auto fields, read_fields(call));
    CO_TRY(auto const profile,
           co_await call.services().token_profiles.create(call.project(), std::move(fields)));
    co_return profile_reply(profile);
}

Task<Result<Reply>> get_token_profile(Call const& call) {
    CO_TRY(auto const profile,
           co_await call.services().token_profiles.get(call.project(), profile_id(call)));
    co_return profile_reply(profile);
}

Task<Result<Reply>> update_token_profile(Call const& call) {
    CO_TRY(auto fields, read_fields(call));
    CO_TRY(auto const profile, co_await call.services().token_profiles.update(
                                   call.project(), profile_id(call), std::move(fields)));
    co_return profile_reply(profile);
}

Task<Result<Reply>> delete_token_profile(Call const& call) {
    CO_TRY(auto const id,
           co_await call.services().token_profiles.remove(call.project(), profile_id(call)));
    Reply reply;
    JsonMembers(reply.members).text("profile_id", to_string(id));
    co_return reply;
}

}  // namespace rollcall::api::management
