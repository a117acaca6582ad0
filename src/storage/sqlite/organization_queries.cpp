// Searching among the organizations of a project, and counting members.
#include "base/sort_distinct.hpp"
#include "base/text.hpp"
#include "storage/errors.hpp"
#include "storage/search_walk.hpp"
#include "storage/settings.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/member_sql.hpp"
#include "storage/sqlite/organization_rows.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"

#include <boost/json/object.hpp>

#include <algorithm>

namespace rollcall::storage::sqlite {

using directory::OrganizationCandidates;
using directory::OrganizationFacts;
using directory::OrganizationQuery;

namespace {

/// More organizations than this are not looked at on an io thread.
constexpr std::size_t inline_examined_max = 100;

class Addresses final : public directory::MemberAddresses {
public:
    explicit Addresses(Database& database) : database_(database) {}

    void look_at(std::int64_t organization) noexcept { organization_ = organization; }
    [[nodiscard]] std::size_t examined() const noexcept { return examined_; }

    bool has_any(std::span<std::string const> keys) override {
        return std::ranges::any_of(keys, [&](std::string const& key) {
            ++examined_;
            return !key.empty() && database_.integer(sql::has_address, organization_, key);
        });
    }
    bool has_containing(std::string_view part) override {
        Query row(database_, sql::addresses, organization_);
        while (row.step()) {
            ++examined_;
            if (row.bytes(0).contains(part)) return true;
        }
        return false;
    }

private:
    Database& database_;
    std::int64_t organization_ = 0;
    std::size_t examined_ = 0;
};

class OrganizationSearcher {
public:
    OrganizationSearcher(Database& database, ProjectKey const& project,
                         OrganizationQuery const& query)
        : database_(database),
          project_(project),
          query_(query),
          walk_(query),
          addresses_(database) {}

    OrganizationPage run() {
        if (query_.candidates) {
            examine_candidates();
        } else {
            examine_all();
        }
        OrganizationPage page{walk_.progress(), {}};
        for (auto const key : walk_.rows()) {
            Query row(database_, sql::organization_by_key, key);
            if (row.step()) page.organizations.push_back(record_of(database_, project_, row));
        }
        return page;
    }

private:
    void examine_all() {
        Uuid const start = query_.after.value_or(Uuid{});
        Query row(database_, sql::organizations_in_order, project_.row(), start);
        while (row.step() && examine(row)) {
        }
    }

    void examine_candidates() {
        for (auto const& uuid : candidate_ids(*query_.candidates)) {
            if (query_.after && uuid <= *query_.after) continue;
            Query row(database_, sql::organization_to_examine, project_.row(), uuid);
            if (row.step() && !examine(row)) return;
        }
    }

    std::vector<Uuid> candidate_ids(OrganizationCandidates const& candidates) {
        std::vector<Uuid> ids;
        auto const look_up = [&](Sql sql, std::string const& text) {
            Query row(database_, sql, project_.row(), text);
            if (row.step()) ids.push_back(row.uuid(1));
        };
        for (auto const& text : candidates.ids) {
            if (auto const id = parse_id<OrganizationId>(text)) {
                ids.push_back(id->uuid);
            } else {
                look_up(sql::organization_by_external_id, text);
            }
        }
        for (auto const& slug : candidates.slugs) look_up(sql::organization_by_slug, slug);
        sort_distinct(ids);
        return ids;
    }

    bool examine(Query const& row) {
        auto const key = row.integer(0);
        addresses_.look_at(key);
        OrganizationFacts facts{.id = {project_.environment(), row.uuid(1)},
                                .name = row.text(2),
                                .slug = row.text(3),
                                .external_id = row.optional_text(4),
                                .email_allowed_domains = {},
                                .claimed_email_domains = {},
                                .addresses = addresses_};
        if (query_.examines_domains) {
            auto settings = settings_from_json(json_object(row.bytes(5)));
            facts.email_allowed_domains = std::move(settings.email_allowed_domains);
            facts.claimed_email_domains = std::move(settings.claimed_email_domains);
        }
        auto const goes_on = walk_.visit(facts, key);
        if (addresses_.examined() >= query_.addresses_max) walk_.exhaust();
        return goes_on;
    }

    Database& database_;
    ProjectKey const& project_;
    OrganizationQuery const& query_;
    SearchWalk<OrganizationQuery> walk_;
    Addresses addresses_;
};

}  // namespace

Task<Result<OrganizationPage>> SqliteStore::list_organizations(ProjectKey project,
                                                               OrganizationQuery query) {
    bool const few_candidates =
        !query.candidates || query.candidates->size() <= inline_examined_max;
    co_return co_await read_here_or_aside<OrganizationPage>(
        few_candidates && !query.examines_addresses && query.count <= inline_examined_max,
        [&](Database& database, bool here) {
            auto bounded = query;
            if (here) bounded.examined_max = std::min(inline_examined_max, query.examined_max);
            return OrganizationSearcher(database, project, bounded).run();
        },
        [&](Result<OrganizationPage> const& page) {
            return !page || is_whole(*page, query, inline_examined_max);
        });
}

Task<Result<std::uint64_t>> SqliteStore::count_members(OrganizationKey key) {
    return read_aside<std::uint64_t>([key](Database& database) -> Result<std::uint64_t> {
        if (!database.integer(sql::organization_updated_at, key.row())) {
            return fail(organization_not_found(key.id()));
        }
        std::uint64_t members = 0;
        for (auto const statement :
             {sql::count_members_with_address, sql::count_members_without_address}) {
            members += static_cast<std::uint64_t>(database.integer(statement, key.row()).value());
        }
        return members;
    });
}

}  // namespace rollcall::storage::sqlite
