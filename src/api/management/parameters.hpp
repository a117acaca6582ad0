// What a path's segments in braces stood for.
#pragma once

#include <string_view>

namespace rollcall::api::management {

/// Views into the request's Segments; empty where the pattern has no such segment.
struct Parameters {
    std::string_view organization;
    std::string_view connection;
    std::string_view schema;
    std::string_view member;
    std::string_view project;
    std::string_view profile;
    std::string_view secret;
};

}  // namespace rollcall::api::management
