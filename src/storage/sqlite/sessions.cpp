// Sessions of members.
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/session_json.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/member_rows.hpp"
#include "storage/sqlite/session_sql.hpp"
#include "storage/sqlite/sqlite_store.hpp"

#include <boost/json/serialize.hpp>

namespace rollcall::storage::sqlite {

using directory::Session;

namespace {

Session session_of(Query const& row, Environment environment) {
    return {.id = {environment, row.uuid(0)},
            .member = {environment, row.uuid(1)},
            .started_at = row.timestamp(5),
            .last_accessed_at = row.timestamp(6),
            .expires_at = row.timestamp(7),
            .factors = factors_from_json(json_array(row.bytes(2))),
            .custom_claims = json_object(row.bytes(3)),
            .version = row.count(4)};
}

std::optional<SessionRecord> record_of(Query& row, ProjectKey const& project) {
    if (!row.step()) return std::nullopt;
    auto const environment = project.environment();
    return SessionRecord{
        KeyIssuer::organization(project, {environment, row.uuid(8)}, row.integer(9)),
        session_of(row, environment)};
}

}  // namespace

Task<Status> SqliteStore::create_session(OrganizationKey key, Session session, Digest token) {
    auto const scope = session.member.uuid;
    return write<void>(
        {scope}, [this, key, session = std::move(session), token](Database& database) -> Status {
            auto const member = find_live_member(database, key, session.member);
            if (!member) return fail(member_not_found(session.member));
            database.run(sql::end_surplus_sessions, *member, limits_.sessions_per_member_max - 1);
            database.run(sql::insert_session, key.row(), *member, session.id.uuid, token,
                         boost::json::serialize(to_json(session.factors)),
                         json_text(session.custom_claims), session.started_at,
                         session.last_accessed_at, session.expires_at);
            return {};
        });
}

Task<Result<std::optional<SessionRecord>>> SqliteStore::find_session(ProjectKey project,
                                                                     Digest token, Timestamp now) {
    co_return read<std::optional<SessionRecord>>(
        co_await this_coro::executor, [&](Database& database) {
            Query row(database, sql::session_by_token, project.row(), token, now);
            return record_of(row, project);
        });
}

Task<Result<std::optional<SessionRecord>>> SqliteStore::find_session(ProjectKey project,
                                                                     SessionId id, Timestamp now) {
    if (id.environment != project.environment()) co_return std::nullopt;
    co_return read<std::optional<SessionRecord>>(
        co_await this_coro::executor, [&](Database& database) {
            Query row(database, sql::session_by_id, project.row(), id.uuid, now);
            return record_of(row, project);
        });
}

Task<Status> SqliteStore::update_session(OrganizationKey key, Session session) {
    auto const scope = session.member.uuid;
    return write<void>({scope}, [key, session = std::move(session)](Database& database) -> Status {
        std::int64_t row = 0;
        {
            Query known(database, sql::session_to_change, key.row(), session.id.uuid);
            if (!known.step()) return fail(session_not_found(session.id));
            if (known.count(1) != session.version) return fail(version_moved());
            row = known.integer(0);
        }
        database.run(sql::update_session, row, boost::json::serialize(to_json(session.factors)),
                     json_text(session.custom_claims), session.last_accessed_at,
                     session.expires_at);
        return {};
    });
}

Task<Result<std::vector<Session>>> SqliteStore::list_sessions(OrganizationKey key, MemberId member,
                                                              Timestamp now) {
    co_return read<std::vector<Session>>(co_await this_coro::executor, [&](Database& database) {
        std::vector<Session> sessions;
        auto const row_of_member = find_live_member(database, key, member);
        if (!row_of_member) return sessions;
        Query row(database, sql::sessions_of_member, *row_of_member, member.uuid, now);
        while (row.step()) sessions.push_back(session_of(row, member.environment));
        return sessions;
    });
}

Task<Status> SqliteStore::revoke_session(OrganizationKey key, SessionId id) {
    // Whose session it is, and so what has changed, is known before the write; a session never
    // changes hands.
    CO_TRY(auto const member,
           read<std::optional<Uuid>>(
               co_await this_coro::executor, [&](Database& database) -> std::optional<Uuid> {
                   Query known(database, sql::session_to_change, key.row(), id.uuid);
                   if (!known.step()) return std::nullopt;
                   return known.uuid(2);
               }));
    if (!member || id.environment != key.project().environment()) {
        co_return fail(session_not_found(id));
    }
    co_return co_await write<void>({*member}, [key, id](Database& database) -> Status {
        auto const row = database.integer(sql::session_to_change, key.row(), id.uuid);
        if (!row) return fail(session_not_found(id));
        database.run(sql::delete_session, *row);
        return {};
    });
}

Task<Result<std::size_t>> SqliteStore::revoke_sessions(OrganizationKey key, MemberId member) {
    return write<std::size_t>({member.uuid}, [key, member](Database& database) {
        auto const row = find_live_member(database, key, member);
        if (!row) return std::size_t{0};
        return static_cast<std::size_t>(database.run(sql::delete_sessions_of_member, *row));
    });
}

Task<Result<bool>> SqliteStore::forget_expired(Timestamp now, Timestamp keys_before,
                                               std::size_t rows_max) {
    return write<bool>({}, [=](Database& database) {
        auto left = static_cast<int>(rows_max);
        for (auto const sql :
             {sql::forget_sessions, sql::forget_impersonation_tokens, sql::forget_used_tokens}) {
            left -= database.run(sql, now, left);
            if (left <= 0) return true;
        }
        database.run(sql::forget_signing_keys, keys_before);
        return false;
    });
}

}  // namespace rollcall::storage::sqlite
