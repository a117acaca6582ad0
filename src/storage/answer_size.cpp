// What fits into an answer.
#include "storage/answer_size.hpp"

#include "storage/errors.hpp"

namespace rollcall::storage {

bool AnswerSize::add_bytes(std::size_t bytes) noexcept {
    // The first resource may have gone beyond.
    if (bytes_ > bytes_max_ || bytes > bytes_max_ - bytes_) return false;
    bytes_ += bytes;
    return true;
}

bool AnswerSize::add_resource(std::size_t bytes) noexcept {
    if (bytes_ > 0) return add_bytes(bytes);
    bytes_ = bytes;
    return true;
}

Status AnswerSize::add_user(std::size_t attributes_bytes) {
    if (add_resource(attributes_bytes)) return {};
    return fail(too_many_bytes_of_users(bytes_max_));
}

Status AnswerSize::add_group(directory::Group const& group, std::size_t extensions_bytes) {
    auto const external_id = group.external_id ? group.external_id->size() : 0;
    if (add_resource(group.display_name.size() + external_id + extensions_bytes)) return {};
    return fail(too_many_bytes_of_groups(bytes_max_));
}

Status AnswerSize::add_group_of_user(directory::GroupOfUser const& group) {
    if (members_left() == 0) return fail(too_many_groups(members_max_));
    if (!add_bytes(group.display_name.size())) return fail(too_many_bytes_with_groups(bytes_max_));
    ++members_;
    return {};
}

Status AnswerSize::add_members(std::uint64_t count) {
    if (count > members_left()) return fail(too_many_members(members_max_));
    members_ += count;
    return {};
}

Status AnswerSize::add_display(std::optional<std::string> const& display) {
    if (!display || add_bytes(display->size())) return {};
    return fail(too_many_bytes_with_members(bytes_max_));
}

}  // namespace rollcall::storage
