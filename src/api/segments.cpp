// Splitting without a copy where nothing is encoded, which is nearly always.
#include "api/segments.hpp"

#include "http/message.hpp"

namespace rollcall::api {

Segments::Segments(std::string_view path) {
    auto const path_size = path.size();
    while (!path.empty()) {
        auto const slash = path.find('/');
        auto const raw = path.substr(0, slash);
        if (!raw.empty()) {
            if (size_ == size_max) {
                ++size_;
                return;
            }
            segments_[size_++] = raw.contains('%') ? decode(raw, path_size) : raw;
        }
        if (slash == std::string_view::npos) return;
        path.remove_prefix(slash + 1);
    }
}

std::string_view Segments::decode(std::string_view raw, std::size_t path_size) {
    // Decoding never grows, so with this much room the earlier views stay where they are.
    decoded_.reserve(path_size);
    auto const start = decoded_.size();
    decoded_ += http::percent_decode(raw, false);
    return std::string_view(decoded_).substr(start);
}

}  // namespace rollcall::api
