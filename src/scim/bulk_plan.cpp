// The order of a bulk request's operations (RFC 7644 §3.7.1, §3.7.2).
#include "scim/bulk.hpp"
#include "scim/bulk_references.hpp"
#include "scim/names.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_set>
#include <utility>

namespace rollcall::scim {
namespace {

using boost::json::object;
using boost::json::value;

using Names = std::unordered_set<std::string>;

bool mentions(value& given, Names const& bulk_ids) {
    bool found = false;
    visit_references(given, [&](std::string_view bulk_id) -> std::optional<std::string> {
        found = found || bulk_ids.contains(std::string(bulk_id));
        return std::nullopt;
    });
    return found;
}

/// What of an attribute mentions `bulk_ids`: elements of a list, or the whole; null for nothing.
/// The attribute keeps the rest, or becomes null.
value take_mentions(value& attribute, Names const& bulk_ids) {
    auto* list = attribute.if_array();
    if (list == nullptr) {
        return mentions(attribute, bulk_ids) ? std::exchange(attribute, nullptr) : value();
    }
    boost::json::array kept;
    boost::json::array taken;
    for (auto& element : *list) {
        auto& part = mentions(element, bulk_ids) ? taken : kept;
        part.push_back(std::move(element));
    }
    *list = std::move(kept);
    return taken.empty() ? value() : value(std::move(taken));
}

/// Moves what mentions `bulk_ids` out of a resource, into an object of the same shape.
object split_off(object& resource, Names const& bulk_ids) {
    object later;
    for (auto& part : resource) {
        auto const key = std::string_view(part.key().data(), part.key().size());
        auto* extension = starts_with_name(key, "urn:") ? part.value().if_object() : nullptr;
        if (extension != nullptr) {
            auto taken = split_off(*extension, bulk_ids);
            if (!taken.empty()) later[part.key()] = std::move(taken);
        } else if (auto taken = take_mentions(part.value(), bulk_ids); !taken.is_null()) {
            later[part.key()] = std::move(taken);
        }
    }
    return later;
}

/// The PATCH that adds to a created resource what its creation left out.
BulkOperation link_request(BulkOperation const& creation, object later) {
    BulkOperation link;
    link.method = BulkMethod::patch;
    link.path = fmt::format("{}/{}{}", creation.path, bulk_id_prefix, creation.bulk_id);
    object addition{{"op", "add"}, {"value", std::move(later)}};
    link.data = object{{"Operations", boost::json::array{std::move(addition)}}};
    return link;
}

/// Gives the operations their turns in order; one that refers to a later creation waits for it.
class Planner {
public:
    explicit Planner(std::vector<BulkOperation> operations)
        : operations_(std::move(operations)), nodes_(operations_.size()) {
        for (std::size_t i = 0; i < operations_.size(); ++i) {
            auto const& operation = operations_[i];
            if (operation.method == BulkMethod::post && !operation.bulk_id.empty()) {
                creators_.emplace(operation.bulk_id, i);
            }
        }
        for (std::size_t i = 0; i < operations_.size(); ++i) find_needs(i);
        find_reach();
    }

    std::vector<BulkStep> plan() && {
        for (std::size_t turn = 0; turn < operations_.size(); ++turn) {
            if (nodes_[turn].unmet == 0) ready_.insert(turn);
            emit_ready(turn);
            // What is left of those that waited for nothing later is in a circle, or behind one.
            for (auto const index : nodes_[turn].reached_from) {
                if (nodes_[index].state == State::waiting) visit(index);
                emit_ready(turn);
            }
        }
        return std::move(steps_);
    }

private:
    enum class State : std::uint8_t { waiting, open, done };

    struct Node {
        State state = State::waiting;
        std::vector<std::size_t> needs;      ///< creations it refers to
        std::vector<std::size_t> needed_by;  ///< operations that refer to it
        std::size_t unmet = 0;               ///< of `needs`, those not done
        /// Operations, in order, that need this one directly or not, and none after it; itself too
        /// unless it needs a later one.
        std::vector<std::size_t> reached_from;
        std::optional<BulkStep> link;      ///< what its creation left out
        std::size_t missing = 0;           ///< creations that `link` waits for
        std::vector<std::size_t> waiting;  ///< operations whose `link` waits for this one
    };

    void find_needs(std::size_t index) {
        std::unordered_set<std::size_t> seen;
        visit_references(
            operations_[index], [&](std::string_view bulk_id) -> std::optional<std::string> {
                auto const creator = creators_.find(std::string(bulk_id));
                if (creator != creators_.end() && seen.insert(creator->second).second) {
                    nodes_[index].needs.push_back(creator->second);
                    nodes_[creator->second].needed_by.push_back(index);
                }
                return std::nullopt;
            });
        nodes_[index].unmet = nodes_[index].needs.size();
    }

    // From the last to the first, so that each operation is reached from the last one it needs.
    void find_reach() {
        std::vector<bool> known(nodes_.size());
        for (auto last = nodes_.size(); last-- > 0;) {
            auto& reached = nodes_[last].reached_from;
            if (!known[last]) reached.push_back(last);
            known[last] = true;
            for (std::size_t i = 0; i < reached.size(); ++i) {
                for (auto const index : nodes_[reached[i]].needed_by) {
                    if (!known[index]) reached.push_back(index);
                    known[index] = true;
                }
            }
            std::ranges::sort(reached);
        }
    }

    void emit_ready(std::size_t turn) {
        while (!ready_.empty() && *ready_.begin() <= turn) {
            auto const index = *ready_.begin();
            ready_.erase(ready_.begin());
            if (nodes_[index].state == State::waiting) emit(index);
        }
    }

    // As deep as the circle is long, which limits.bulk_operations_max bounds.
    void visit(std::size_t index) {
        auto& node = nodes_[index];
        node.state = State::open;
        std::vector<std::size_t> circular;
        for (auto const need : node.needs) {
            if (nodes_[need].state == State::waiting) visit(need);
            // Still open: it waits for this operation, so one of the two has to go without.
            if (nodes_[need].state == State::open) circular.push_back(need);
        }
        if (!circular.empty()) postpone(index, circular);
        emit(index);
    }

    void emit(std::size_t index) {
        auto& node = nodes_[index];
        steps_.push_back({index, !node.link, std::move(operations_[index])});
        node.state = State::done;
        for (auto const waiting : node.waiting) {
            if (--nodes_[waiting].missing == 0) steps_.push_back(*std::move(nodes_[waiting].link));
        }
        for (auto const other : node.needed_by) {
            if (--nodes_[other].unmet == 0) ready_.insert(other);
        }
    }

    void postpone(std::size_t index, std::vector<std::size_t> const& circular) {
        // Only what is created can be waited for, so the operation is a creation with a bulkId.
        auto& creation = operations_[index];
        auto* resource = creation.data.if_object();
        if (resource == nullptr) return;
        Names bulk_ids;
        for (auto const need : circular) bulk_ids.insert(operations_[need].bulk_id);
        auto later = split_off(*resource, bulk_ids);
        auto& node = nodes_[index];
        node.link = BulkStep{index, true, link_request(creation, std::move(later))};
        node.missing = circular.size();
        for (auto const need : circular) nodes_[need].waiting.push_back(index);
    }

    std::vector<BulkOperation> operations_;
    std::vector<Node> nodes_;
    std::unordered_map<std::string, std::size_t> creators_;
    std::set<std::size_t> ready_;  ///< all they need is done
    std::vector<BulkStep> steps_;
};

}  // namespace

std::vector<BulkStep> plan_bulk(std::vector<BulkOperation> operations) {
    return Planner(std::move(operations)).plan();
}

}  // namespace rollcall::scim
