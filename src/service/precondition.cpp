// Versions against If-Match.
#include "service/precondition.hpp"

#include <algorithm>

namespace rollcall::service {

bool Precondition::accepts(std::uint64_t version) const noexcept {
    return !versions_ || std::ranges::find(*versions_, version) != versions_->end();
}

std::optional<std::uint64_t> Precondition::only_version() const noexcept {
    if (!versions_ || versions_->size() != 1) return std::nullopt;
    return versions_->front();
}

Status Precondition::check(std::uint64_t version) const {
    if (accepts(version)) return {};
    return fail({ErrorCode::precondition_failed, "If-Match: the resource has another version"});
}

}  // namespace rollcall::service
