// A Store that passes everything on to another: base of stores that tests make fail or wait.
#pragma once

#include "storage/store.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rollcall::tests {

class ForwardingStore : public storage::Store {
public:
    explicit ForwardingStore(std::unique_ptr<storage::Store> inner) : inner_(std::move(inner)) {}

    Task<Result<Secret>> cursor_key() override { return inner_->cursor_key(); }
    [[nodiscard]] std::uint64_t generation(Uuid const& scope) const noexcept override {
        return inner_->generation(scope);
    }
    Task<Result<bool>> purge(std::size_t rows_max) override { return inner_->purge(rows_max); }
    Task<Status> close() override { return inner_->close(); }

    Task<Status> create_project(directory::Project project,
                                directory::ProjectSecret secret) override {
        return inner_->create_project(std::move(project), std::move(secret));
    }
    Task<Status> ensure_project(directory::Project project,
                                directory::ProjectSecret secret) override {
        return inner_->ensure_project(std::move(project), std::move(secret));
    }
    Task<Result<std::vector<directory::Project>>> list_projects() override {
        return inner_->list_projects();
    }
    Task<Result<directory::Project>> get_project(directory::ProjectKey project) override {
        return inner_->get_project(project);
    }
    Task<Result<std::optional<directory::ProjectKey>>> find_project_for_operator(
        ProjectId id) override {
        return inner_->find_project_for_operator(id);
    }
    Task<Status> create_secret(ProjectId project, directory::ProjectSecret secret) override {
        return inner_->create_secret(project, std::move(secret));
    }
    Task<Result<std::vector<directory::ProjectSecret>>> list_secrets(ProjectId project) override {
        return inner_->list_secrets(project);
    }
    Task<Status> revoke_secret(ProjectId project, Uuid secret, Timestamp now,
                               bool keep_last) override {
        return inner_->revoke_secret(project, secret, now, keep_last);
    }
    Task<Result<std::optional<directory::ProjectKey>>> authenticate_project(
        ProjectId project, Digest secret) override {
        return inner_->authenticate_project(project, secret);
    }

    Task<Result<storage::OrganizationRecord>> create_organization(
        directory::ProjectKey project, directory::Organization organization,
        std::vector<directory::Event> events) override {
        return inner_->create_organization(project, std::move(organization), std::move(events));
    }
    Task<Result<std::optional<directory::OrganizationKey>>> find_organization(
        directory::ProjectKey project, std::string reference) override {
        return inner_->find_organization(project, std::move(reference));
    }
    Task<Result<std::optional<storage::OrganizationRecord>>> find_organization_record(
        directory::ProjectKey project, std::string reference) override {
        return inner_->find_organization_record(project, std::move(reference));
    }
    Task<Result<storage::OrganizationPage>> list_organizations(
        directory::ProjectKey project, directory::OrganizationQuery query) override {
        return inner_->list_organizations(project, std::move(query));
    }
    Task<Result<std::uint64_t>> count_members(directory::OrganizationKey key) override {
        return inner_->count_members(key);
    }
    Task<Result<storage::OrganizationRecord>> update_organization(
        directory::OrganizationKey key, directory::Organization organization,
        Timestamp expected_updated_at, std::vector<directory::Event> events) override {
        return inner_->update_organization(key, std::move(organization), expected_updated_at,
                                           std::move(events));
    }
    Task<Status> delete_organization(directory::OrganizationKey key, Timestamp now,
                                     std::vector<directory::Event> events) override {
        return inner_->delete_organization(key, now, std::move(events));
    }

    Task<Result<directory::ProjectPolicy>> get_policy(directory::ProjectKey project) override {
        return inner_->get_policy(project);
    }
    Task<Status> put_policy(directory::ProjectKey project,
                            directory::ProjectPolicy policy) override {
        return inner_->put_policy(project, std::move(policy));
    }
    Task<Result<directory::OrganizationPolicy>> get_organization_policy(
        directory::OrganizationKey key) override {
        return inner_->get_organization_policy(key);
    }
    Task<Status> put_organization_policy(directory::OrganizationKey key,
                                         directory::OrganizationPolicy policy, Timestamp now,
                                         std::vector<directory::Event> events) override {
        return inner_->put_organization_policy(key, std::move(policy), now, std::move(events));
    }

    Task<Result<storage::ConnectionRecord>> create_connection(
        directory::OrganizationKey organization, directory::Connection connection,
        std::vector<directory::Event> events) override {
        return inner_->create_connection(organization, std::move(connection), std::move(events));
    }
    Task<Result<std::optional<storage::ConnectionRecord>>> find_active_connection(
        directory::OrganizationKey organization) override {
        return inner_->find_active_connection(organization);
    }
    Task<Result<std::optional<directory::ConnectionKey>>> find_connection(
        directory::OrganizationKey organization, ConnectionId id) override {
        return inner_->find_connection(organization, id);
    }
    Task<Result<std::optional<storage::ConnectionRecord>>> find_connection_for_operator(
        ConnectionId id) override {
        return inner_->find_connection_for_operator(id);
    }
    Task<Result<storage::ConnectionRecord>> update_connection(
        directory::ConnectionKey key, storage::ConnectionChange change) override {
        return inner_->update_connection(key, std::move(change));
    }
    Task<Status> delete_connection(directory::ConnectionKey key, Timestamp now,
                                   std::vector<directory::Event> events) override {
        return inner_->delete_connection(key, now, std::move(events));
    }
    Task<Result<storage::ConnectionRecord>> start_rotation(
        directory::ConnectionKey key, directory::BearerToken next, Timestamp now,
        std::vector<directory::Event> events) override {
        return inner_->start_rotation(key, std::move(next), now, std::move(events));
    }
    Task<Result<storage::ConnectionRecord>> end_rotation(
        directory::ConnectionKey key, storage::Rotation how, Timestamp now,
        std::vector<directory::Event> events) override {
        return inner_->end_rotation(key, how, now, std::move(events));
    }
    Task<Result<std::optional<storage::AuthenticatedConnection>>> authenticate_connection(
        ConnectionId id, Digest token, Timestamp now) override {
        return inner_->authenticate_connection(id, token, now);
    }
    Task<Result<directory::ConnectionSchemas>> list_schemas(directory::ConnectionKey key) override {
        return inner_->list_schemas(key);
    }
    Task<Result<directory::ConnectionSchema>> put_schema(
        directory::ConnectionKey key, directory::ConnectionSchema schema,
        std::uint64_t expected_version, std::vector<directory::Event> events) override {
        return inner_->put_schema(key, std::move(schema), expected_version, std::move(events));
    }
    Task<Status> delete_schema(directory::ConnectionKey key, std::string urn, Timestamp now,
                               std::vector<directory::Event> events) override {
        return inner_->delete_schema(key, std::move(urn), now, std::move(events));
    }

    Task<Result<std::optional<directory::MemberRecord>>> find_member(
        directory::OrganizationKey organization, std::string reference) override {
        return inner_->find_member(organization, std::move(reference));
    }
    Task<Result<std::optional<directory::MemberRecord>>> find_member_by_email(
        directory::OrganizationKey organization, std::string email_key) override {
        return inner_->find_member_by_email(organization, std::move(email_key));
    }
    Task<Result<std::optional<directory::OrganizationKey>>> find_organization_of_member(
        directory::ProjectKey project, MemberId id) override {
        return inner_->find_organization_of_member(project, id);
    }
    Task<Result<std::optional<directory::RoleBasis>>> find_role_basis(
        directory::OrganizationKey organization, MemberId id) override {
        return inner_->find_role_basis(organization, id);
    }
    Task<Result<directory::MemberRecord>> create_member(
        directory::OrganizationKey organization, directory::MemberCreation creation) override {
        return inner_->create_member(organization, std::move(creation));
    }
    Task<Result<directory::MemberRecord>> update_member(directory::OrganizationKey organization,
                                                        directory::MemberUpdate update) override {
        return inner_->update_member(organization, std::move(update));
    }
    Task<Result<directory::MemberPage>> list_members(directory::OrganizationKey organization,
                                                     directory::MemberQuery query) override {
        return inner_->list_members(organization, std::move(query));
    }

    Task<Result<std::vector<directory::LinkCandidate>>> find_link_candidates(
        directory::ConnectionKey key, std::string user_name_key,
        std::optional<std::string> external_id, std::string email_key) override {
        return inner_->find_link_candidates(key, std::move(user_name_key), std::move(external_id),
                                            std::move(email_key));
    }
    Task<Result<directory::User>> create_user(directory::ConnectionKey key,
                                              directory::UserCreation creation) override {
        return inner_->create_user(key, std::move(creation));
    }
    Task<Result<std::optional<directory::User>>> find_user(directory::ConnectionKey key,
                                                           MemberId id, bool with_groups) override {
        return inner_->find_user(key, id, with_groups);
    }
    Task<Result<directory::User>> update_user(directory::ConnectionKey key, MemberId id,
                                              directory::UserUpdate update) override {
        return inner_->update_user(key, id, std::move(update));
    }
    Task<Status> delete_user(directory::ConnectionKey key, MemberId id,
                             std::optional<std::uint64_t> expected_version, Timestamp now,
                             std::vector<directory::Event> events) override {
        return inner_->delete_user(key, id, expected_version, now, std::move(events));
    }
    Task<Result<directory::UserPage>> list_users(directory::ConnectionKey key,
                                                 directory::UserQuery query) override {
        return inner_->list_users(key, std::move(query));
    }
    Task<Result<std::vector<std::pair<MemberId, std::optional<std::string>>>>> resolve_users(
        directory::ConnectionKey key, std::vector<MemberId> ids) override {
        return inner_->resolve_users(key, std::move(ids));
    }

    Task<Result<directory::AppliedGroupChange>> create_group(
        directory::ConnectionKey key, directory::GroupCreation creation) override {
        return inner_->create_group(key, std::move(creation));
    }
    Task<Result<std::optional<directory::Group>>> find_group(directory::ConnectionKey key,
                                                             GroupId id,
                                                             bool with_members) override {
        return inner_->find_group(key, id, with_members);
    }
    Task<Result<directory::AppliedGroupChange>> apply_group_change(
        directory::ConnectionKey key, GroupId id, directory::GroupChange change) override {
        return inner_->apply_group_change(key, id, std::move(change));
    }
    Task<Status> delete_group(directory::ConnectionKey key, GroupId id,
                              std::optional<std::uint64_t> expected_version,
                              Timestamp now) override {
        return inner_->delete_group(key, id, expected_version, now);
    }
    Task<Result<directory::GroupPage>> list_groups(directory::ConnectionKey key,
                                                   directory::GroupQuery query) override {
        return inner_->list_groups(key, std::move(query));
    }
    Task<Result<std::vector<directory::GroupSummary>>> list_group_summaries(
        directory::ConnectionKey key, std::optional<Uuid> after, std::size_t limit) override {
        return inner_->list_group_summaries(key, after, limit);
    }

    Task<Status> append_request_notes(
        std::vector<std::pair<directory::ConnectionKey, directory::RequestNote>> notes) override {
        return inner_->append_request_notes(std::move(notes));
    }
    Task<Result<std::vector<storage::StoredRequestNote>>> list_request_notes(
        directory::ConnectionKey key, directory::RequestNoteFilter filter,
        std::optional<std::int64_t> before, std::size_t limit) override {
        return inner_->list_request_notes(key, filter, before, limit);
    }
    Task<Result<std::vector<storage::StoredEvent>>> list_events(
        directory::OrganizationKey organization, std::int64_t after, std::size_t limit) override {
        return inner_->list_events(organization, after, limit);
    }
    Task<Result<bool>> forget_events(Timestamp before, std::size_t rows_max) override {
        return inner_->forget_events(before, rows_max);
    }

    Task<Status> create_session(storage::OrganizationKey key, directory::Session session,
                                Digest token) override {
        return inner_->create_session(key, std::move(session), token);
    }
    Task<Result<std::optional<storage::SessionRecord>>> find_session(storage::ProjectKey project,
                                                                     Digest token,
                                                                     Timestamp now) override {
        return inner_->find_session(project, token, now);
    }
    Task<Result<std::optional<storage::SessionRecord>>> find_session(storage::ProjectKey project,
                                                                     SessionId id,
                                                                     Timestamp now) override {
        return inner_->find_session(project, id, now);
    }
    Task<Status> update_session(storage::OrganizationKey key, directory::Session session) override {
        return inner_->update_session(key, std::move(session));
    }
    Task<Result<std::vector<directory::Session>>> list_sessions(storage::OrganizationKey key,
                                                                MemberId member,
                                                                Timestamp now) override {
        return inner_->list_sessions(key, member, now);
    }
    Task<Status> revoke_session(storage::OrganizationKey key, SessionId id) override {
        return inner_->revoke_session(key, id);
    }
    Task<Result<std::size_t>> revoke_sessions(storage::OrganizationKey key,
                                              MemberId member) override {
        return inner_->revoke_sessions(key, member);
    }
    Task<Result<bool>> forget_expired(Timestamp now, Timestamp keys_before,
                                      std::size_t rows_max) override {
        return inner_->forget_expired(now, keys_before, rows_max);
    }
    Task<Result<std::optional<std::vector<directory::SigningKey>>>> list_signing_keys(
        ProjectId project) override {
        return inner_->list_signing_keys(project);
    }
    Task<Status> add_signing_key(ProjectId project, directory::SigningKey key,
                                 std::optional<SigningKeyId> expected) override {
        return inner_->add_signing_key(project, std::move(key), expected);
    }
    Task<Result<std::vector<directory::TokenProfile>>> list_token_profiles(
        storage::ProjectKey project) override {
        return inner_->list_token_profiles(project);
    }
    Task<Result<std::optional<directory::TokenProfile>>> find_token_profile(
        storage::ProjectKey project, TokenProfileId id) override {
        return inner_->find_token_profile(project, id);
    }
    Task<Status> create_token_profile(storage::ProjectKey project,
                                      directory::TokenProfile profile) override {
        return inner_->create_token_profile(project, std::move(profile));
    }
    Task<Result<directory::TokenProfile>> update_token_profile(
        storage::ProjectKey project, directory::TokenProfile profile,
        Timestamp expected_updated_at) override {
        return inner_->update_token_profile(project, std::move(profile), expected_updated_at);
    }
    Task<Status> delete_token_profile(storage::ProjectKey project, TokenProfileId id) override {
        return inner_->delete_token_profile(project, id);
    }
    Task<Result<bool>> claim_token_id(storage::ProjectKey project, TokenProfileId profile,
                                      Digest token_id, Timestamp expires_at) override {
        return inner_->claim_token_id(project, profile, token_id, expires_at);
    }
    Task<Result<std::optional<directory::MemberPassword>>> find_password(
        storage::OrganizationKey key, MemberId member) override {
        return inner_->find_password(key, member);
    }
    Task<Status> create_impersonation_token(storage::OrganizationKey key,
                                            directory::ImpersonationToken token) override {
        return inner_->create_impersonation_token(key, std::move(token));
    }
    Task<Result<std::optional<std::pair<storage::OrganizationKey, directory::ImpersonationToken>>>>
    take_impersonation_token(storage::ProjectKey project, Digest digest, Timestamp now) override {
        return inner_->take_impersonation_token(project, digest, now);
    }

protected:
    storage::Store& inner() noexcept { return *inner_; }

private:
    std::unique_ptr<storage::Store> inner_;
};

}  // namespace rollcall::tests
