// A store that hands everything on to another one; a test overrides what it wants to go wrong.
#pragma once

#include "storage/store.hpp"

#include <utility>

namespace rollcall::tests {

class ForwardingStore : public storage::Store {
public:
    explicit ForwardingStore(storage::Store& inner) : inner_(inner) {}

    Task<Result<Secret>> cursor_key() override { return inner_.cursor_key(); }
    [[nodiscard]] std::uint64_t generation(Uuid const& scope) const noexcept override {
        return inner_.generation(scope);
    }
    Task<Result<bool>> purge(std::size_t rows_max) override {
        return inner_.purge(std::move(rows_max));
    }
    Task<Status> close() override { return inner_.close(); }
    Task<Status> create_project(directory::Project project,
                                directory::ProjectSecret secret) override {
        return inner_.create_project(std::move(project), std::move(secret));
    }
    Task<Status> ensure_project(directory::Project project,
                                directory::ProjectSecret secret) override {
        return inner_.ensure_project(std::move(project), std::move(secret));
    }
    Task<Result<std::vector<directory::Project>>> list_projects() override {
        return inner_.list_projects();
    }
    Task<Status> create_secret(ProjectId project, directory::ProjectSecret secret) override {
        return inner_.create_secret(project, std::move(secret));
    }
    Task<Result<std::vector<directory::ProjectSecret>>> list_secrets(ProjectId project) override {
        return inner_.list_secrets(project);
    }
    Task<Status> revoke_secret(ProjectId project, Uuid secret, Timestamp now) override {
        return inner_.revoke_secret(project, secret, now);
    }
    Task<Result<std::optional<storage::ProjectKey>>> authenticate_project(ProjectId project,
                                                                          Digest secret) override {
        return inner_.authenticate_project(project, secret);
    }
    Task<Result<storage::OrganizationRecord>> create_organization(
        storage::ProjectKey project, directory::Organization organization,
        std::vector<directory::Event> events) override {
        return inner_.create_organization(project, std::move(organization), std::move(events));
    }
    Task<Result<std::optional<storage::OrganizationKey>>> find_organization(
        storage::ProjectKey project, std::string reference) override {
        return inner_.find_organization(project, std::move(reference));
    }
    Task<Result<std::optional<storage::OrganizationRecord>>> find_organization_record(
        storage::ProjectKey project, std::string reference) override {
        return inner_.find_organization_record(project, std::move(reference));
    }
    Task<Result<storage::OrganizationRecord>> update_organization(
        storage::OrganizationKey key, directory::Organization organization,
        Timestamp expected_updated_at, std::vector<directory::Event> events) override {
        return inner_.update_organization(key, std::move(organization), expected_updated_at,
                                          std::move(events));
    }
    Task<Status> delete_organization(storage::OrganizationKey key, Timestamp now,
                                     std::vector<directory::Event> events) override {
        return inner_.delete_organization(key, now, std::move(events));
    }
    Task<Result<storage::ConnectionRecord>> create_connection(
        storage::OrganizationKey organization, directory::Connection connection,
        std::vector<directory::Event> events) override {
        return inner_.create_connection(organization, std::move(connection), std::move(events));
    }
    Task<Result<std::optional<storage::ConnectionRecord>>> find_active_connection(
        storage::OrganizationKey organization) override {
        return inner_.find_active_connection(organization);
    }
    Task<Result<std::optional<storage::ConnectionKey>>> find_connection(
        storage::OrganizationKey organization, ConnectionId id) override {
        return inner_.find_connection(organization, id);
    }
    Task<Result<storage::ConnectionRecord>> update_connection(
        storage::ConnectionKey key, storage::ConnectionChange change) override {
        return inner_.update_connection(key, std::move(change));
    }
    Task<Status> delete_connection(storage::ConnectionKey key, Timestamp now,
                                   std::vector<directory::Event> events) override {
        return inner_.delete_connection(key, now, std::move(events));
    }
    Task<Result<storage::ConnectionRecord>> start_rotation(
        storage::ConnectionKey key, directory::BearerToken next, Timestamp now,
        std::vector<directory::Event> events) override {
        return inner_.start_rotation(key, std::move(next), now, std::move(events));
    }
    Task<Result<storage::ConnectionRecord>> end_rotation(
        storage::ConnectionKey key, storage::Rotation how, Timestamp now,
        std::vector<directory::Event> events) override {
        return inner_.end_rotation(key, how, now, std::move(events));
    }
    Task<Result<std::optional<storage::AuthenticatedConnection>>> authenticate_connection(
        ConnectionId id, Digest token, Timestamp now) override {
        return inner_.authenticate_connection(id, token, now);
    }
    Task<Result<std::vector<directory::LinkCandidate>>> find_link_candidates(
        storage::ConnectionKey key, std::string user_name_key,
        std::optional<std::string> external_id, std::string email_key) override {
        return inner_.find_link_candidates(key, std::move(user_name_key), std::move(external_id),
                                           std::move(email_key));
    }
    Task<Result<directory::User>> create_user(storage::ConnectionKey key,
                                              directory::UserCreation creation) override {
        return inner_.create_user(key, std::move(creation));
    }
    Task<Result<std::optional<directory::User>>> find_user(storage::ConnectionKey key, MemberId id,
                                                           bool with_groups) override {
        return inner_.find_user(key, id, with_groups);
    }
    Task<Result<directory::User>> update_user(storage::ConnectionKey key, MemberId id,
                                              directory::UserUpdate update) override {
        return inner_.update_user(key, id, std::move(update));
    }
    Task<Status> delete_user(storage::ConnectionKey key, MemberId id,
                             std::optional<std::uint64_t> expected_version, Timestamp now,
                             std::vector<directory::Event> events) override {
        return inner_.delete_user(key, id, std::move(expected_version), now, std::move(events));
    }
    Task<Result<directory::UserPage>> list_users(storage::ConnectionKey key,
                                                 directory::UserQuery query) override {
        return inner_.list_users(key, std::move(query));
    }
    Task<Result<std::vector<std::pair<MemberId, std::optional<std::string>>>>> resolve_users(
        storage::ConnectionKey key, std::vector<MemberId> ids) override {
        return inner_.resolve_users(key, std::move(ids));
    }
    Task<Result<directory::AppliedGroupChange>> create_group(
        storage::ConnectionKey key, directory::GroupCreation creation) override {
        return inner_.create_group(key, std::move(creation));
    }
    Task<Result<std::optional<directory::Group>>> find_group(storage::ConnectionKey key, GroupId id,
                                                             bool with_members) override {
        return inner_.find_group(key, id, with_members);
    }
    Task<Result<directory::AppliedGroupChange>> apply_group_change(
        storage::ConnectionKey key, GroupId id, directory::GroupChange change) override {
        return inner_.apply_group_change(key, id, std::move(change));
    }
    Task<Status> delete_group(storage::ConnectionKey key, GroupId id,
                              std::optional<std::uint64_t> expected_version,
                              Timestamp now) override {
        return inner_.delete_group(key, id, std::move(expected_version), now);
    }
    Task<Result<directory::GroupPage>> list_groups(storage::ConnectionKey key,
                                                   directory::GroupQuery query) override {
        return inner_.list_groups(key, std::move(query));
    }
    Task<Result<std::vector<directory::GroupSummary>>> list_group_summaries(
        storage::ConnectionKey key, std::optional<Uuid> after, std::size_t limit) override {
        return inner_.list_group_summaries(key, std::move(after), std::move(limit));
    }
    Task<Result<std::vector<storage::StoredEvent>>> list_events(
        storage::OrganizationKey organization, std::int64_t after, std::size_t limit) override {
        return inner_.list_events(organization, std::move(after), std::move(limit));
    }

private:
    storage::Store& inner_;
};

}  // namespace rollcall::tests
