// The SQLite store: which thread does what. Reads run where they are called, writes on the writer,
// reads that may be long on the side thread.
#pragma once

#include "crypto/random.hpp"
#include "storage/generations.hpp"
#include "storage/sqlite/checkpointer.hpp"
#include "storage/sqlite/files.hpp"
#include "storage/sqlite/readers.hpp"
#include "storage/sqlite/writer.hpp"
#include "storage/store.hpp"

#include <boost/asio/this_coro.hpp>

#include <filesystem>
#include <mutex>
#include <optional>

namespace rollcall::storage::sqlite {

namespace this_coro = boost::asio::this_coro;

class SqliteStore final : public Store {
public:
    /// @param lock  held until the store is closed; none for a process beside a server.
    SqliteStore(std::filesystem::path const& file, std::unique_ptr<Database> writer,
                std::optional<DirectoryLock> lock, crypto::IdSource& ids, Limits const& limits);
    ~SqliteStore() override;

    Task<Result<Secret>> cursor_key() override;
    [[nodiscard]] std::uint64_t generation(Uuid const& scope) const noexcept override {
        return generations_.get(scope);
    }
    Task<Result<bool>> purge(std::size_t rows_max) override;
    /// Blocks the calling thread while the last writes are committed and the log is moved.
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

    Task<Result<OrganizationRecord>> create_organization(
        ProjectKey project, directory::Organization organization,
        std::vector<directory::Event> events) override;
    Task<Result<std::optional<OrganizationKey>>> find_organization(ProjectKey project,
                                                                   std::string reference) override;
    Task<Result<std::optional<OrganizationRecord>>> find_organization_record(
        ProjectKey project, std::string reference) override;
    Task<Result<OrganizationPage>> list_organizations(ProjectKey project,
                                                      directory::OrganizationQuery query) override;
    Task<Result<std::uint64_t>> count_members(OrganizationKey key) override;
    Task<Result<OrganizationRecord>> update_organization(
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
    /// Calls `work(database)` in a transaction that is durable when the result is a success. `work`
    /// checks before it changes anything, and must not consume what it captured.
    template <class T, class Work>
    [[nodiscard]] Task<Result<T>> write(std::vector<Uuid> scopes, Work work) {
        return submit<T>(writer_.queue(), std::move(scopes), std::move(work));
    }
    template <class T, class Work>
    [[nodiscard]] Result<T> read(boost::asio::any_io_executor const& home, Work work) {
        return readers_.read<T>(home, std::move(work));
    }
    template <class T, class Work>
    [[nodiscard]] Task<Result<T>> read_aside(Work work) {
        return submit<T>(side_reader_.queue(), {}, std::move(work));
    }
    /// Calls `work(database, true)` here if `try_here`, which keeps to what an io thread may do.
    /// What turns out to be longer, as `is_whole(result)` tells, is read again aside, whole: by
    /// `work(database, false)`.
    template <class T, class Work, class IsWhole>
    [[nodiscard]] Task<Result<T>> read_here_or_aside(bool try_here, Work work, IsWhole is_whole) {
        if (try_here) {
            auto result = read<T>(co_await this_coro::executor,
                                  [&](Database& database) { return work(database, true); });
            if (is_whole(result)) co_return result;
        }
        co_return co_await read_aside<T>([&](Database& database) { return work(database, false); });
    }
    [[nodiscard]] Status finish();

    crypto::IdSource& ids_;
    Limits const limits_;
    std::optional<DirectoryLock> lock_;
    Generations generations_;
    CommitCount commits_{0};
    Readers readers_;
    ReadGate gate_;
    Checkpointer checkpointer_;
    Writer writer_;
    SideReader side_reader_;
    std::mutex finish_mutex_;
};

}  // namespace rollcall::storage::sqlite
