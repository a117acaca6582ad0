// The page of a search; the same for every implementation.
#pragma once

#include "directory/member_query.hpp"
#include "directory/search.hpp"
#include "storage/answer_size.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rollcall::storage {

/// Is shown members or organizations in order of their ids, and decides which are on the page and
/// when to stop.
template <class Query>
class SearchWalk {
public:
    /// `query` outlives this object.
    explicit SearchWalk(Query const& query)
        : query_(query),
          left_(query.examined_max),
          last_on_page_(query.after),
          last_(query.after) {}

    /// False if this one was not looked at and no other is wanted.
    template <class Facts>
    bool visit(Facts const& facts, std::int64_t row) {
        if (left_ == 0) return stop_behind(last_);
        --left_;
        ++progress_.examined;
        auto const holds = query_.holds(facts);
        last_ = id_of(facts);
        if (!holds) return true;
        if (rows_.size() < query_.count) {
            rows_.push_back(row);
            last_on_page_ = last_;
        } else if (!query_.counts_all) {
            return stop_behind(last_on_page_);
        } else if (!progress_.more) {
            progress_.more = true;
            progress_.resume_after = last_on_page_;
        }
        ++progress_.matches;
        return true;
    }

    /// What was looked at cost so much that nothing else is to be.
    void exhaust() noexcept { left_ = 0; }

    /// Those on the page.
    [[nodiscard]] std::vector<std::int64_t> const& rows() const noexcept { return rows_; }
    [[nodiscard]] directory::SearchProgress const& progress() const noexcept { return progress_; }

private:
    static Uuid id_of(auto const& facts) {
        if constexpr (requires { facts.id.uuid; }) {
            return facts.id.uuid;
        } else {
            return facts.id;
        }
    }
    bool stop_behind(std::optional<Uuid> const& place) {
        progress_.complete = false;
        if (!progress_.more) progress_.resume_after = place;
        progress_.more = true;
        return false;
    }

    Query const& query_;
    std::vector<std::int64_t> rows_;
    directory::SearchProgress progress_{
        .more = false, .resume_after = std::nullopt, .matches = 0, .complete = true, .examined = 0};
    std::size_t left_;
    std::optional<Uuid> last_on_page_;
    std::optional<Uuid> last_;
};

/// True if a search that looked at no more than `examined_max` came as far as `query` asks for.
template <class Query>
[[nodiscard]] bool is_whole(directory::SearchProgress const& progress, Query const& query,
                            std::size_t examined_max) {
    return progress.complete || progress.examined < examined_max ||
           progress.examined == query.examined_max;
}

/// Loads the members that a walk found, by `load(row, size)` with an empty AnswerSize for each,
/// until they hold so much that the page has to end early.
template <class Load>
[[nodiscard]] directory::MemberPage load_members(SearchWalk<directory::MemberQuery> const& walk,
                                                 directory::MemberQuery const& query,
                                                 Limits const& limits, Load load) {
    directory::MemberPage page{walk.progress(), {}};
    for (auto const row : walk.rows()) {
        if (page.groups >= query.groups_max || page.bytes >= query.bytes_max) {
            page.more = true;
            page.resume_after = query.after;
            if (!page.members.empty()) page.resume_after = page.members.back().member.id.uuid;
            break;
        }
        AnswerSize size(limits);
        page.members.push_back(load(row, size));
        page.groups += size.members();
        page.bytes += size.bytes();
    }
    return page;
}

}  // namespace rollcall::storage
