// The memory store: one mutex around one State. Every method locks, works, and returns without
// suspending.
#pragma once

#include "crypto/random.hpp"
#include "storage/answer_size.hpp"
#include "storage/generations.hpp"
#include "storage/memory/state.hpp"
#include "storage/paging.hpp"
#include "storage/store.hpp"

#include <mutex>

namespace rollcall::storage::memory {

class MemoryStore final : public Store {
public:
    MemoryStore(crypto::IdSource& ids, Limits const& limits) : ids_(ids), limits_(limits) {}

    Task<Result<Secret>> cursor_key() override;
    [[nodiscard]] std::uint64_t generation(Uuid const& scope) const noexcept override {
        return generations_.get(scope);
    }
    Task<Result<bool>> purge(std::size_t rows_max) override;
    Task<Status> close() override;

    Task<Status> create_project(directory::Project project,
                                directory::ProjectSecret secret) override;
    Task<Status> ensure_project(directory::Project project,
                                directory::ProjectSecret secret) override;
    Task<Result<std::vector<directory::Project>>> list_projects() override;
    Task<Result<directory::Project>> get_project(ProjectKey project) override;
    Task<Result<std::optional<ProjectKey>>> find_project_for_operator(ProjectId id) override;
    Task<Status> create_secret(ProjectId project, directory::ProjectSecret secret) override;
    Task<Result<std::vector<directory::ProjectSecret>>> list_secrets(ProjectId project) override;
    Task<Status> revoke_secret(ProjectId project, Uuid secret, Timestamp now,
                               bool keep_last) override;
    Task<Result<std::optional<ProjectKey>>> authenticate_project(ProjectId project,
                                                                 Digest secret) override;

    Task<Result<storage::OrganizationRecord>> create_organization(
        ProjectKey project, directory::Organization organization,
        std::vector<directory::Event> events) override;
    Task<Result<std::optional<OrganizationKey>>> find_organization(ProjectKey project,
                                                                   std::string reference) override;
    Task<Result<std::optional<storage::OrganizationRecord>>> find_organization_record(
        ProjectKey project, std::string reference) override;
    Task<Result<storage::OrganizationPage>> list_organizations(
        ProjectKey project, directory::OrganizationQuery query) override;
    Task<Result<std::uint64_t>> count_members(OrganizationKey key) override;
    Task<Result<storage::OrganizationRecord>> update_organization(
        OrganizationKey key, directory::Organization organization, Timestamp expected_updated_at,
        std::vector<directory::Event> events) override;
    Task<Status> delete_organization(OrganizationKey key, Timestamp now,
                                     std::vector<directory::Event> events) override;

    Task<Result<directory::ProjectPolicy>> get_policy(ProjectKey project) override;
    Task<Status> put_policy(ProjectKey project, directory::ProjectPolicy policy) override;
    Task<Result<directory::OrganizationPolicy>> get_organization_policy(
        OrganizationKey key) override;
    Task<Status> put_organization_policy(OrganizationKey key, directory::OrganizationPolicy policy,
                                         Timestamp now,
                                         std::vector<directory::Event> events) override;

    Task<Result<ConnectionRecord>> create_connection(OrganizationKey organization,
                                                     directory::Connection connection,
                                                     std::vector<directory::Event> events) override;
    Task<Result<std::optional<ConnectionRecord>>> find_active_connection(
        OrganizationKey organization) override;
    Task<Result<std::optional<ConnectionKey>>> find_connection(OrganizationKey organization,
                                                               ConnectionId id) override;
    Task<Result<std::optional<ConnectionRecord>>> find_connection_for_operator(
        ConnectionId id) override;
    Task<Result<ConnectionRecord>> update_connection(ConnectionKey key,
                                                     ConnectionChange change) override;
    Task<Status> delete_connection(ConnectionKey key, Timestamp now,
                                   std::vector<directory::Event> events) override;
    Task<Result<ConnectionRecord>> start_rotation(ConnectionKey key, directory::BearerToken next,
                                                  Timestamp now,
                                                  std::vector<directory::Event> events) override;
    Task<Result<ConnectionRecord>> end_rotation(ConnectionKey key, Rotation how, Timestamp now,
                                                std::vector<directory::Event> events) override;
    Task<Result<std::optional<AuthenticatedConnection>>> authenticate_connection(
        ConnectionId id, Digest token, Timestamp now) override;
    Task<Result<directory::ConnectionSchemas>> list_schemas(ConnectionKey key) override;
    Task<Result<directory::ConnectionSchema>> put_schema(
        ConnectionKey key, directory::ConnectionSchema schema, std::uint64_t expected_version,
        std::vector<directory::Event> events) override;
    Task<Status> delete_schema(ConnectionKey key, std::string urn, Timestamp now,
                               std::vector<directory::Event> events) override;

    Task<Result<std::optional<directory::MemberRecord>>> find_member(
        OrganizationKey organization, std::string reference) override;
    Task<Result<std::optional<directory::MemberRecord>>> find_member_by_email(
        OrganizationKey organization, std::string email_key) override;
    Task<Result<std::optional<OrganizationKey>>> find_organization_of_member(ProjectKey project,
                                                                             MemberId id) override;
    Task<Result<std::optional<directory::RoleBasis>>> find_role_basis(OrganizationKey organization,
                                                                      MemberId id) override;
    Task<Result<directory::MemberRecord>> create_member(
        OrganizationKey organization, directory::MemberCreation creation) override;
    Task<Result<directory::MemberRecord>> update_member(OrganizationKey organization,
                                                        directory::MemberUpdate update) override;
    Task<Result<directory::MemberPage>> list_members(OrganizationKey organization,
                                                     directory::MemberQuery query) override;

    Task<Result<std::vector<directory::LinkCandidate>>> find_link_candidates(
        ConnectionKey key, std::string user_name_key, std::optional<std::string> external_id,
        std::string email_key) override;
    Task<Result<directory::User>> create_user(ConnectionKey key,
                                              directory::UserCreation creation) override;
    Task<Result<std::optional<directory::User>>> find_user(ConnectionKey key, MemberId id,
                                                           bool with_groups) override;
    Task<Result<directory::User>> update_user(ConnectionKey key, MemberId id,
                                              directory::UserUpdate update) override;
    Task<Status> delete_user(ConnectionKey key, MemberId id,
                             std::optional<std::uint64_t> expected_version, Timestamp now,
                             std::vector<directory::Event> events) override;
    Task<Result<directory::UserPage>> list_users(ConnectionKey key,
                                                 directory::UserQuery query) override;
    Task<Result<std::vector<std::pair<MemberId, std::optional<std::string>>>>> resolve_users(
        ConnectionKey key, std::vector<MemberId> ids) override;

    Task<Result<directory::AppliedGroupChange>> create_group(
        ConnectionKey key, directory::GroupCreation creation) override;
    Task<Result<std::optional<directory::Group>>> find_group(ConnectionKey key, GroupId id,
                                                             bool with_members) override;
    Task<Result<directory::AppliedGroupChange>> apply_group_change(
        ConnectionKey key, GroupId id, directory::GroupChange change) override;
    Task<Status> delete_group(ConnectionKey key, GroupId id,
                              std::optional<std::uint64_t> expected_version,
                              Timestamp now) override;
    Task<Result<directory::GroupPage>> list_groups(ConnectionKey key,
                                                   directory::GroupQuery query) override;
    Task<Result<std::vector<directory::GroupSummary>>> list_group_summaries(
        ConnectionKey key, std::optional<Uuid> after, std::size_t limit) override;

    Task<Status> append_request_notes(
        std::vector<std::pair<ConnectionKey, directory::RequestNote>> notes) override;
    Task<Result<std::vector<StoredRequestNote>>> list_request_notes(
        ConnectionKey key, directory::RequestNoteFilter filter, std::optional<std::int64_t> before,
        std::size_t limit) override;

    Task<Result<std::vector<StoredEvent>>> list_events(OrganizationKey organization,
                                                       std::int64_t after,
                                                       std::size_t limit) override;
    Task<Result<bool>> forget_events(Timestamp before, std::size_t rows_max) override;

    Task<Status> create_session(OrganizationKey key, directory::Session session,
                                Digest token) override;
    Task<Result<std::optional<SessionRecord>>> find_session(ProjectKey project, Digest token,
                                                            Timestamp now) override;
    Task<Result<std::optional<SessionRecord>>> find_session(ProjectKey project, SessionId id,
                                                            Timestamp now) override;
    Task<Status> update_session(OrganizationKey key, directory::Session session) override;
    Task<Result<std::vector<directory::Session>>> list_sessions(OrganizationKey key,
                                                                MemberId member,
                                                                Timestamp now) override;
    Task<Status> revoke_session(OrganizationKey key, SessionId id) override;
    Task<Result<std::size_t>> revoke_sessions(OrganizationKey key, MemberId member) override;
    Task<Result<bool>> forget_expired(Timestamp now, Timestamp keys_before,
                                      std::size_t rows_max) override;

    Task<Result<std::optional<std::vector<directory::SigningKey>>>> list_signing_keys(
        ProjectId project) override;
    Task<Status> add_signing_key(ProjectId project, directory::SigningKey key,
                                 std::optional<SigningKeyId> expected) override;

    Task<Result<std::vector<directory::TokenProfile>>> list_token_profiles(
        ProjectKey project) override;
    Task<Result<std::optional<directory::TokenProfile>>> find_token_profile(
        ProjectKey project, TokenProfileId id) override;
    Task<Status> create_token_profile(ProjectKey project, directory::TokenProfile profile) override;
    Task<Result<directory::TokenProfile>> update_token_profile(
        ProjectKey project, directory::TokenProfile profile,
        Timestamp expected_updated_at) override;
    Task<Status> delete_token_profile(ProjectKey project, TokenProfileId id) override;
    Task<Result<bool>> claim_token_id(ProjectKey project, TokenProfileId profile, Digest token_id,
                                      Timestamp expires_at) override;

    Task<Result<std::optional<directory::MemberPassword>>> find_password(OrganizationKey key,
                                                                         MemberId member) override;
    Task<Status> create_impersonation_token(OrganizationKey key,
                                            directory::ImpersonationToken token) override;
    Task<Result<std::optional<std::pair<OrganizationKey, directory::ImpersonationToken>>>>
    take_impersonation_token(ProjectKey project, Digest digest, Timestamp now) override;

private:
    // Each is called with the mutex held. A find… yields null for what is absent or removed.
    [[nodiscard]] Status check_open() const;
    [[nodiscard]] ProjectRow* find_project_row(ProjectId const& id);
    [[nodiscard]] OrganizationRow* find_row(OrganizationKey const& key);
    [[nodiscard]] OrganizationRow* find_by_reference(ProjectKey const& project,
                                                     std::string const& reference);
    /// In order of their ids.
    [[nodiscard]] std::vector<OrganizationRow const*> organizations_to_examine(
        ProjectKey const& project, directory::OrganizationQuery const& query);
    [[nodiscard]] ConnectionRow* find_row(ConnectionKey const& key);
    [[nodiscard]] ConnectionRow* find_active_row(Row organization);
    [[nodiscard]] ConnectionRow const* find_active_row(ConnectionId const& id) const;
    [[nodiscard]] ConnectionKey key_of(ConnectionRow const& row) const;
    [[nodiscard]] UserRow* find_user_row(ConnectionRow& connection, MemberId const& id);
    [[nodiscard]] GroupRow* find_group_row(ConnectionRow& connection, GroupId const& id);

    [[nodiscard]] storage::OrganizationRecord record_of(ProjectKey const& project,
                                                        OrganizationRow const& row);
    [[nodiscard]] ConnectionRecord record_of(ConnectionKey const& key, ConnectionRow const& row);

    void emit(Row organization, directory::Event event);
    void emit(Row organization, std::vector<directory::Event> events);
    [[nodiscard]] std::int64_t newest_position() const;

    [[nodiscard]] Status check_unique(ProjectKey const& project,
                                      directory::Organization const& organization, Row self);
    void remove_connection(ConnectionRow& connection);

    /// Rows of members that a new user with these keys might be, the likeliest first.
    [[nodiscard]] std::vector<Row> find_members(ConnectionRow const& connection,
                                                std::string const& user_name_key,
                                                std::optional<std::string> const& external_id,
                                                std::string const& email_key);
    [[nodiscard]] Status check_email_free(Row organization, directory::UserState const& state,
                                          Row self);
    [[nodiscard]] Result<MemberRow*> member_to_link(ConnectionRow& connection,
                                                    directory::ExistingMember const& link);
    void write_member(MemberRow& row, directory::UserState const& state, Timestamp now);
    /// Files the member under another address, without retiring the former one.
    void move_email(MemberRow& member, std::string const& email_key);
    [[nodiscard]] MemberRow& add_member(OrganizationRow& organization, MemberId const& id,
                                        Timestamp now);
    /// Former registrations with the connection that a new one with this external id repeats.
    void forget_former(ConnectionRow const& connection, MemberRow& member,
                       std::optional<std::string> const& external_id);
    /// Takes away what only a member that is not deleted may have. Called by all that make one
    /// deleted.
    void deactivate(MemberRow& row);
    [[nodiscard]] directory::LinkCandidate candidate_of(
        ConnectionRow const& connection, MemberRow const& member, std::string const& user_name_key,
        std::optional<std::string> const& external_id);

    // Members, for the developer's backend.
    [[nodiscard]] MemberRow* find_member_row(OrganizationRow const& organization,
                                             MemberId const& id);
    [[nodiscard]] MemberRow* find_by_reference(OrganizationRow const& organization,
                                               std::string const& reference);
    [[nodiscard]] MemberRow* find_by_external_id(OrganizationRow const& organization,
                                                 std::string const& external_id);
    [[nodiscard]] directory::Member member_of(MemberRow const& row);
    [[nodiscard]] UserRow* registration_of(MemberRow const& row);
    [[nodiscard]] std::vector<directory::GroupRole> group_roles_of(UserRow const& user);
    /// `answer` is empty; the registration's groups stay away if they do not fit.
    [[nodiscard]] directory::MemberRecord record_of(MemberRow const& row, AnswerSize& answer);
    [[nodiscard]] directory::MemberRecord record_of(MemberRow const& row);
    [[nodiscard]] directory::MemberFacts facts_of(MemberRow const& row, bool with_roles);
    [[nodiscard]] std::vector<Row> members_to_examine(OrganizationRow const& organization,
                                                      directory::MemberQuery const& query);
    [[nodiscard]] Status check_address_free(OrganizationRow const& organization,
                                            directory::Member const& member,
                                            bool of_deleted_ones_too);
    [[nodiscard]] Status check_external_id_free(OrganizationRow const& organization,
                                                directory::Member const& member);
    void write_retired_emails(MemberRow const& row, std::vector<std::string> const& emails);
    void add_password(MemberRow const& row, std::optional<directory::MemberPassword> password);

    /// @errors too_many (they do not all fit into the answer; then none counts).
    [[nodiscard]] Result<std::vector<directory::GroupOfUser>> groups_of(UserRow const& user,
                                                                        AnswerSize& answer);
    /// With the groups if they are wanted.
    /// @errors too_many (does not fit into the answer).
    [[nodiscard]] Result<directory::User> present(UserRow const& user, bool with_groups,
                                                  AnswerSize& answer);
    [[nodiscard]] Result<std::vector<Row>> users_in_group(ConnectionRow& connection,
                                                          Uuid const& id);
    [[nodiscard]] Result<std::vector<Row>> candidates_of(ConnectionRow& connection,
                                                         directory::UserIndex const& index);
    [[nodiscard]] Result<std::vector<directory::Place>> examine(std::vector<Row> const& rows,
                                                                directory::UserQuery const& query);

    // Groups.
    struct Delta;
    [[nodiscard]] std::optional<MemberRowRef> resolve(ConnectionRow& connection,
                                                      directory::MemberRef const& ref);
    [[nodiscard]] directory::MemberRef ref_of(MemberRowRef const& member) const;
    /// `self` is the row of the group that is to have the name, 0 for a new one.
    [[nodiscard]] Status check_name_free(ConnectionRow const& connection,
                                         std::string const& name_key, Row self) const;
    [[nodiscard]] Status check_members_known(ConnectionRow& connection,
                                             std::vector<directory::GroupMember> const& members);
    static void forget_name(ConnectionRow& connection, GroupRow const& group);
    bool add_member(GroupRow& group, MemberRowRef const& member,
                    std::optional<std::string> const& display);
    bool remove_member(GroupRow& group, MemberRowRef const& member);
    [[nodiscard]] Delta change_members(ConnectionRow& connection, GroupRow& group,
                                       directory::GroupChange const& change);
    void emit_delta(ConnectionRow const& connection, GroupRow const& group, Delta const& delta,
                    bool group_changed, Timestamp now);
    void touch(GroupRow& group, Timestamp now);
    /// With the members if they are wanted.
    /// @errors too_many (does not fit into the answer).
    [[nodiscard]] Result<directory::Group> present(GroupRow const& group, bool with_members,
                                                   AnswerSize& answer) const;
    [[nodiscard]] std::vector<Row> candidates_of(ConnectionRow& connection,
                                                 directory::GroupIndex const& index);
    [[nodiscard]] Result<std::vector<directory::Place>> examine(ConnectionRow& connection,
                                                                std::vector<Row> const& rows,
                                                                directory::GroupQuery const& query);

    [[nodiscard]] MemberRow* find_live_member(OrganizationKey const& key, MemberId const& id);
    [[nodiscard]] bool is_live(SessionRow const& row) const;
    template <class Matches>
    [[nodiscard]] std::optional<SessionRecord> find_session_where(ProjectKey const& project,
                                                                  Timestamp now,
                                                                  Matches const& matches) const;
    [[nodiscard]] std::map<Row, SessionRow>::iterator find_session_row(OrganizationKey const& key,
                                                                       SessionId const& id);
    /// By their end.
    [[nodiscard]] std::vector<std::pair<Timestamp, Row>> own_sessions(Row member) const;
    void end_sessions(Row member);
    void end_surplus_sessions(Row member);
    [[nodiscard]] std::map<Row, ProfileRow>::iterator find_profile(ProjectKey const& project,
                                                                   TokenProfileId const& id);

    crypto::IdSource& ids_;
    Limits limits_;
    Generations generations_;
    mutable std::mutex mutex_;
    State state_;
};

}  // namespace rollcall::storage::memory
