// Versions against If-Match and If-None-Match.
#include "service/precondition.hpp"

#include <algorithm>

namespace rollcall::service {
namespace {

bool has(std::vector<std::uint64_t> const& versions, std::uint64_t version) {
    return std::ranges::find(versions, version) != versions.end();
}

}  // namespace

std::optional<std::uint64_t> Precondition::only_version() const noexcept {
    if (!versions_ || versions_->size() != 1 || refuses_all_ || !refused_.empty()) {
        return std::nullopt;
    }
    return versions_->front();
}

Status Precondition::check(std::uint64_t version) const {
    if (versions_ && !has(*versions_, version)) {
        return fail({ErrorCode::precondition_failed, "If-Match: the resource has another version"});
    }
    if (refuses_all_) {
        return fail({ErrorCode::precondition_failed, "If-None-Match: there is such a resource"});
    }
    if (has(refused_, version)) {
        return fail(
            {ErrorCode::precondition_failed, "If-None-Match: the resource has this version"});
    }
    return {};
}

}  // namespace rollcall::service
