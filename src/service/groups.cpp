// Writes are deltas (directory/group_plan.hpp); only rare patches look at a group's members first.
#include "service/groups.hpp"

#include "directory/group_plan.hpp"
#include "directory/member_notes.hpp"
#include "service/attempts.hpp"
#include "storage/store.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace rollcall::service {

using directory::Group;

namespace {

using Plan = Result<std::optional<directory::GroupChange>>;

void drop_unknown(std::vector<directory::GroupMember>& members,
                  std::vector<directory::MemberRef> unknown) {
    if (unknown.empty()) return;
    std::ranges::sort(unknown);
    std::erase_if(members, [&](directory::GroupMember const& member) {
        return std::ranges::binary_search(unknown, member.ref);
    });
}

}  // namespace

Error group_not_found() {
    return {ErrorCode::not_found, "id: no group with this id"};
}

Task<Result<Group>> Groups::create(ConnectionCaller caller, scim::ResourceBody body,
                                   scim::Notes& notes) {
    auto const now = clock_.now();
    GroupId const id{caller.key.environment(), ids_.ordered_uuid(now)};
    CO_TRY(auto creation, directory::plan_group_creation(body, id, caller.profile(), now, notes));
    auto members = creation.members;
    CO_TRY(auto applied, co_await store_.create_group(caller.key, std::move(creation)));
    directory::note_unknown_members(applied.unknown, id.environment, notes);
    drop_unknown(members, std::move(applied.unknown));
    applied.group.members = std::move(members);
    co_return std::move(applied.group);
}

Task<Result<Group>> Groups::get(ConnectionCaller caller, GroupId id, bool with_members) {
    CO_TRY(auto found, co_await store_.find_group(caller.key, id, with_members));
    if (!found) co_return fail(group_not_found());
    co_return std::move(*found);
}

/// The version that a write without a plan of its own must meet; looks at the group only where
/// several could do.
Task<Result<std::optional<std::uint64_t>>> Groups::expected_version(ConnectionCaller caller,
                                                                    GroupId id,
                                                                    Precondition precondition) {
    if (!precondition.is_given()) co_return std::nullopt;
    if (auto const only = precondition.only_version()) co_return only;
    CO_TRY(auto const group, co_await get(caller, id, false));
    CO_CHECK(precondition.check(group.version));
    co_return group.version;
}

Task<Result<Group>> Groups::apply(ConnectionCaller caller, GroupId id,
                                  directory::GroupChange change, scim::Notes& notes) {
    // With the rest of the members go those who were named, too.
    auto const named = change.clear_members ? 0 : change.remove.size();
    CO_TRY(auto applied, co_await store_.apply_group_change(caller.key, id, std::move(change)));
    directory::note_unknown_members(applied.unknown, id.environment, notes);
    directory::note_absent_members(named, applied.removed, notes);
    co_return std::move(applied.group);
}

/// Loads the group, lets `plan` make a change of it, applies that; once more if somebody else was
/// faster. nullopt, without a note, if the plan is none.
template <class MakePlan>
Task<Result<std::optional<Group>>> Groups::change_loaded(ConnectionCaller caller, GroupId id,
                                                         bool with_members,
                                                         Precondition precondition,
                                                         scim::Notes& notes, MakePlan plan) {
    auto const notes_before = notes.size();
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        notes.resize(notes_before);
        CO_TRY(auto const group, co_await get(caller, id, with_members));
        CO_CHECK(precondition.check(group.version));
        CO_TRY(std::optional<directory::GroupChange> change, plan(group));
        if (!change) {
            notes.resize(notes_before);
            co_return std::nullopt;
        }
        auto applied = co_await apply(caller, id, *std::move(change), notes);
        if (applied) co_return *std::move(applied);
        auto const stale = applied.error().code() == ErrorCode::precondition_failed;
        if (!stale || precondition.is_given()) co_return fail(std::move(applied).error());
    }
    co_return fail(busy("The group"));
}

Task<Result<Group>> Groups::replace(ConnectionCaller caller, GroupId id, scim::ResourceBody body,
                                    Precondition precondition, scim::Notes& notes) {
    auto const& type = caller.group_type();
    auto const plan = [&](Group const* stored) {
        return directory::plan_group_replacement(body, stored, type, caller.key.environment(),
                                                 caller.profile(), clock_.now(), notes);
    };
    if (type.has_immutable()) {
        CO_TRY(auto replaced,
               co_await change_loaded(caller, id, false, std::move(precondition), notes,
                                      [&](Group const& stored) -> Plan { return plan(&stored); }));
        co_return *std::move(replaced);
    }
    CO_TRY(auto const expected, co_await expected_version(caller, id, precondition));
    CO_TRY(auto change, plan(nullptr));
    change.expected_version = expected;
    co_return co_await apply(caller, id, std::move(change), notes);
}

Task<Result<Group>> Groups::patch(ConnectionCaller caller, GroupId id, scim::PatchRequest request,
                                  std::string base, Precondition precondition, scim::Notes& notes) {
    auto const& type = caller.group_type();
    auto const notes_before = notes.size();
    auto const plan = [&](Group const* stored) {
        return directory::plan_group_patch(request, id, stored, type, caller.profile(), limits_,
                                           clock_.now(), notes);
    };
    if (directory::needs_attributes(request, type)) {
        CO_TRY(auto patched,
               co_await change_loaded(caller, id, false, precondition, notes,
                                      [&](Group const& stored) { return plan(&stored); }));
        if (patched) co_return *std::move(patched);
    } else {
        CO_TRY(auto change, plan(nullptr));
        if (change) {
            CO_TRY(change->expected_version, co_await expected_version(caller, id, precondition));
            co_return co_await apply(caller, id, *std::move(change), notes);
        }
        notes.resize(notes_before);
    }
    CO_TRY(auto patched,
           co_await change_loaded(
               caller, id, true, precondition, notes, [&](Group const& stored) -> Plan {
                   return directory::plan_loaded_group_patch(
                       stored, request, type, base, caller.profile(), limits_, clock_.now(), notes);
               }));
    co_return *std::move(patched);
}

Task<Status> Groups::remove(ConnectionCaller caller, GroupId id, Precondition precondition) {
    CO_TRY(auto const expected, co_await expected_version(caller, id, precondition));
    co_return co_await store_.delete_group(caller.key, id, expected, clock_.now());
}

}  // namespace rollcall::service
