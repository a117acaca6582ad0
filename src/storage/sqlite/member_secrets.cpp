// Passwords, and tokens of impersonation.
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/sqlite/member_rows.hpp"
#include "storage/sqlite/session_sql.hpp"
#include "storage/sqlite/sqlite_store.hpp"

namespace rollcall::storage::sqlite {

using directory::ImpersonationToken;
using directory::MemberPassword;

Task<Result<std::optional<MemberPassword>>> SqliteStore::find_password(OrganizationKey key,
                                                                       MemberId member) {
    using Found = std::optional<MemberPassword>;
    co_return read<Found>(co_await this_coro::executor, [&](Database& database) -> Found {
        Query row(database, sql::password_of_member, key.row(), member.uuid);
        if (!row.step()) return std::nullopt;
        return MemberPassword{.id = {member.environment, row.uuid(0)},
                              .hash = row.text(1),
                              .created_at = row.timestamp(2)};
    });
}

Task<Status> SqliteStore::create_impersonation_token(OrganizationKey key,
                                                     ImpersonationToken token) {
    return write<void>({}, [key, token = std::move(token)](Database& database) -> Status {
        auto const member = find_live_member(database, key, token.member);
        if (!member) return fail(member_not_found(token.member));
        database.run(sql::insert_impersonation_token, token.digest, key.row(), *member,
                     token.impersonator_id, token.impersonator_address, token.expires_at);
        return {};
    });
}

Task<Result<std::optional<std::pair<OrganizationKey, ImpersonationToken>>>>
SqliteStore::take_impersonation_token(ProjectKey project, Digest digest, Timestamp now) {
    using Taken = std::optional<std::pair<OrganizationKey, ImpersonationToken>>;
    return write<Taken>({}, [=](Database& database) -> Taken {
        Taken taken;
        auto const environment = project.environment();
        {
            Query row(database, sql::impersonation_token, project.row(), digest, now);
            if (!row.step()) return std::nullopt;
            taken.emplace(
                KeyIssuer::organization(project, {environment, row.uuid(0)}, row.integer(1)),
                ImpersonationToken{.digest = digest,
                                   .member = {environment, row.uuid(2)},
                                   .impersonator_id = row.text(3),
                                   .impersonator_address = row.text(4),
                                   .expires_at = row.timestamp(5)});
        }
        database.run(sql::delete_impersonation_token, digest);
        return taken;
    });
}

}  // namespace rollcall::storage::sqlite
