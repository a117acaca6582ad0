// Notes of a request.
#include "scim/notes.hpp"

#include "base/limits.hpp"

#include <fmt/format.h>

#include <utility>

namespace rollcall::scim {
namespace {

void append(Notes& notes, std::string note) {
    constexpr auto notes_max = Limits::notes_per_request_max;
    if (notes.size() > notes_max) return;
    notes.push_back(notes.size() == notes_max ? "further notes were left out" : std::move(note));
}

}  // namespace

std::string shown_name(std::string_view name) {
    if (name.size() <= Limits::noted_name_bytes_max) return std::string(name);
    auto end = Limits::noted_name_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
    return std::string(name.substr(0, end)) + "…";
}

void add_note(Notes& notes, std::string_view name, std::string_view what) {
    append(notes, fmt::format("{}: {}", shown_name(name), what));
}

void add_notes_within(Notes& notes, std::string_view attribute, Notes const& of_parts) {
    for (auto const& note : of_parts) append(notes, fmt::format("{}.{}", attribute, note));
}

}  // namespace rollcall::scim
