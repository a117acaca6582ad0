// Each write reads, plans (directory/user_plan.hpp), applies; a plan that went stale is made again.
#include "service/users.hpp"

#include "directory/user_plan.hpp"
#include "scim/notes.hpp"
#include "service/attempts.hpp"
#include "storage/store.hpp"

#include <utility>

namespace rollcall::service {

using directory::User;

Error user_not_found() {
    return {ErrorCode::not_found, "id: no user with this id"};
}

EventId Users::new_event_id(Environment environment) {
    return {environment, ids_.random_uuid()};
}

Task<Result<User>> Users::create(ConnectionCaller caller, scim::ResourceBody body) {
    auto const environment = caller.key.environment();
    auto const state = directory::plan_user(directory::plan_new_attributes(std::move(body)));
    for (int attempt = 0; attempt <= attempts_max; ++attempt) {
        auto const now = clock_.now();
        directory::UserCreationIds const ids{{environment, ids_.ordered_uuid(now)},
                                             {environment, ids_.random_uuid()},
                                             new_event_id(environment)};
        // Nearly everybody who is created is new. That is tried without a question first.
        std::vector<directory::LinkCandidate> candidates;
        if (attempt > 0) {
            CO_TRY(candidates,
                   co_await store_.find_link_candidates(caller.key, state.user_name_key,
                                                        state.external_id, state.email_key));
        }
        CO_TRY(auto creation, directory::plan_user_creation(state, candidates, ids, now));
        creation.only_if_unknown = attempt == 0;
        auto created = co_await store_.create_user(caller.key, std::move(creation));
        if (created || created.error().code() != ErrorCode::conflict) co_return created;
    }
    co_return fail(busy("The user"));
}

Task<Result<User>> Users::get(ConnectionCaller caller, MemberId id, bool with_groups) {
    CO_TRY(auto found, co_await store_.find_user(caller.key, id, with_groups));
    if (!found) co_return fail(user_not_found());
    co_return std::move(*found);
}

/// The user that is to be changed. More groups than can be shown are no reason not to change it:
/// they are left out.
Task<Result<User>> Users::get_to_change(ConnectionCaller caller, MemberId id, bool with_groups,
                                        scim::Notes& notes) {
    auto user = co_await get(caller, id, with_groups);
    bool const too_many = !user && user.error().code() == ErrorCode::too_many;
    if (!with_groups || !too_many) co_return user;
    scim::add_note(notes, "groups", "left out of the answer, which would hold too many");
    co_return co_await get(caller, id, false);
}

/// Loads, lets `plan` turn the stored attributes into the next ones, writes if they differ.
template <class Plan>
Task<Result<User>> Users::change(ConnectionCaller caller, MemberId id, Precondition precondition,
                                 bool with_groups, scim::Notes& notes, Plan plan) {
    auto const notes_before = notes.size();
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        notes.resize(notes_before);
        CO_TRY(auto stored, co_await get_to_change(caller, id, with_groups, notes));
        scim::drop_unfitting(stored.attributes, caller.user_type());
        CO_CHECK(precondition.check(stored.version));
        CO_TRY(auto next, plan(std::as_const(stored).attributes));
        auto update = directory::plan_user_update(
            stored, std::move(next), new_event_id(caller.key.environment()), clock_.now());
        if (!update) co_return stored;
        auto updated = co_await store_.update_user(caller.key, id, std::move(*update));
        if (updated) {
            updated->groups = std::move(stored.groups);
            co_return updated;
        }
        auto const stale = updated.error().code() == ErrorCode::precondition_failed;
        if (!stale || precondition.is_given()) co_return updated;
    }
    co_return fail(busy("The user"));
}

Task<Result<User>> Users::replace(ConnectionCaller caller, MemberId id, scim::ResourceBody body,
                                  Precondition precondition, bool with_groups, scim::Notes& notes) {
    co_return co_await change(caller, id, std::move(precondition), with_groups, notes,
                              [&](boost::json::object const& stored) {
                                  return scim::replace_resource(stored, body, caller.user_type());
                              });
}

Task<Result<User>> Users::patch(ConnectionCaller caller, MemberId id, scim::PatchRequest request,
                                Precondition precondition, bool with_groups, scim::Notes& notes) {
    auto const id_text = to_string(id);
    co_return co_await change(
        caller, id, std::move(precondition), with_groups, notes,
        [&](boost::json::object const& stored) -> Result<boost::json::object> {
            return scim::apply_patch(stored, request, caller.user_type(), id_text, caller.profile(),
                                     limits_, notes);
        });
}

Task<Status> Users::remove(ConnectionCaller caller, MemberId id, Precondition precondition) {
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        CO_TRY(auto const stored, co_await get(caller, id, false));
        CO_CHECK(precondition.check(stored.version));
        auto const now = clock_.now();
        std::vector<directory::Event> events;
        events.push_back(
            directory::plan_user_removal(stored, new_event_id(caller.key.environment()), now));
        auto removed =
            co_await store_.delete_user(caller.key, id, stored.version, now, std::move(events));
        if (removed) co_return removed;
        auto const stale = removed.error().code() == ErrorCode::precondition_failed;
        if (!stale || precondition.is_given()) co_return removed;
    }
    co_return fail(busy("The user"));
}

Task<Result<directory::ResolvedUsers>> Users::resolve(ConnectionCaller caller,
                                                      std::vector<MemberId> ids) {
    if (ids.empty()) co_return directory::ResolvedUsers{};
    co_return co_await store_.resolve_users(caller.key, std::move(ids));
}

}  // namespace rollcall::service
