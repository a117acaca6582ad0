// The page of a search among members; the same for every implementation.
#pragma once

#include "directory/member_query.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rollcall::storage {

/// Is shown members in order of their ids, and decides which are on the page and when to stop.
class MemberWalk {
public:
    /// `query` outlives this object.
    explicit MemberWalk(directory::MemberQuery const& query)
        : query_(query), last_on_page_(query.after), last_(query.after) {}

    /// False if the member was not looked at and no other is wanted.
    bool visit(directory::MemberFacts const& facts, std::int64_t row) {
        if (examined_ == query_.examined_max) return stop_behind(last_);
        ++examined_;
        last_ = facts.id;
        if (!query_.holds(facts)) return true;
        if (rows_.size() < query_.count) {
            rows_.push_back(row);
            last_on_page_ = facts.id;
        } else if (!query_.counts_all) {
            return stop_behind(last_on_page_);
        } else if (!more_) {
            more_ = true;
            resume_after_ = last_on_page_;
        }
        ++matches_;
        return true;
    }

    /// The members on the page.
    [[nodiscard]] std::vector<std::int64_t> const& rows() const noexcept { return rows_; }

    /// All of the page but its members.
    [[nodiscard]] directory::MemberPage page() const {
        return {.members = {},
                .more = more_,
                .resume_after = resume_after_,
                .matches = matches_,
                .complete = complete_,
                .examined = examined_};
    }

private:
    bool stop_behind(std::optional<Uuid> const& place) {
        complete_ = false;
        if (!more_) resume_after_ = place;
        more_ = true;
        return false;
    }

    directory::MemberQuery const& query_;
    std::vector<std::int64_t> rows_;
    std::optional<Uuid> last_on_page_;
    std::optional<Uuid> last_;
    std::optional<Uuid> resume_after_;
    std::uint64_t matches_ = 0;
    std::size_t examined_ = 0;
    bool more_ = false;
    bool complete_ = true;
};

}  // namespace rollcall::storage
