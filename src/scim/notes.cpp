// Notes of a request.
#include "scim/notes.hpp"

#include "base/limits.hpp"

#include <fmt/format.h>

namespace rollcall::scim {

std::string shown_name(std::string_view name) {
    if (name.size() <= Limits::noted_name_bytes_max) return std::string(name);
    auto end = Limits::noted_name_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
    return std::string(name.substr(0, end)) + "…";
}

void add_note(Notes& notes, std::string_view name, std::string_view what) {
    if (notes.size() > Limits::notes_per_request_max) return;
    if (notes.size() == Limits::notes_per_request_max) {
        notes.emplace_back("further notes were left out");
        return;
    }
    notes.push_back(fmt::format("{}: {}", shown_name(name), what));
}

}  // namespace rollcall::scim
