// Bulk: every operation is planned once, after all that it refers to, and its data survives as
// text.
#include "json.hpp"
#include "scim/bulk.hpp"

#include <algorithm>
#include <set>

namespace {

using namespace rollcall;
using scim::BulkMethod;

bool creates(scim::BulkOperation const& operation) {
    return operation.method == BulkMethod::post && !operation.bulk_id.empty();
}

/// A creation has to be an object, at a path without references, for a circle to be closed later.
bool can_wait(scim::BulkOperation const& operation) {
    return operation.method != BulkMethod::post ||
           (operation.data.is_object() && operation.path.find("bulkId:") == std::string::npos);
}

/// Carries the steps out as if each one succeeded.
void check_references(std::vector<scim::BulkStep> steps, scim::BulkIds const& all) {
    scim::BulkIds known;
    for (auto& step : steps) {
        auto copy = step.request;
        // What fails now fails with everything created as well: it names what nobody creates.
        if (!scim::resolve_references(step.request, known)) {
            ASSERT(!scim::resolve_references(copy, all));
        }
        if (creates(step.request)) known.emplace(step.request.bulk_id, "id");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Limits const limits;
    auto body = scim::parse_json(fuzz::as_text(data, size), scim::Keys::without_case, limits);
    if (!body) return 0;
    scim::Notes notes;
    auto request = scim::parse_bulk(*std::move(body), "https://x.test", limits, notes);
    if (!request) return 0;

    auto const count = request->operations.size();
    auto const circles_can_be_closed = std::ranges::all_of(request->operations, can_wait);
    scim::BulkIds all;
    for (auto const& operation : request->operations) {
        if (creates(operation)) all.emplace(operation.bulk_id, "id");
    }
    auto steps = scim::plan_bulk(std::move(request->operations));
    std::set<std::size_t> begun;
    std::set<std::size_t> completed;
    for (auto const& step : steps) {
        ASSERT(step.operation < count);
        ASSERT(!completed.contains(step.operation));
        fuzz::check_survives_as_text(step.request.data);
        begun.insert(step.operation);
        if (step.completes) completed.insert(step.operation);
    }
    ASSERT(begun.size() == count && completed.size() == count && steps.size() <= 2 * count);
    if (circles_can_be_closed) check_references(std::move(steps), all);
    return 0;
}
