// Bytes first, then JSON under the limits of a request.
#include "server/json_file.hpp"

#include "scim/json.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <utility>

namespace rollcall::server {
namespace {

/// What errors call the file.
std::string shown(std::string const& name) {
    return name == "-" ? "standard input" : name;
}

Result<std::string> read_file(std::string const& name, std::size_t bytes_max) {
    auto const close = [](std::FILE* file) { std::fclose(file); };
    std::unique_ptr<std::FILE, decltype(close)> const file(
        name == "-" ? stdin : std::fopen(name.c_str(), "rb"));
    std::string text(bytes_max + 1, '\0');
    if (file) text.resize(std::fread(text.data(), 1, text.size(), file.get()));
    if (!file || std::ferror(file.get()) != 0) {
        return fail({ErrorCode::invalid_value, fmt::format("{}: cannot be read", shown(name))});
    }
    if (text.size() > bytes_max) {
        return fail({ErrorCode::payload_too_large,
                     fmt::format("{}: larger than {} bytes", shown(name), bytes_max)});
    }
    return text;
}

}  // namespace

Result<boost::json::object> read_json_file(std::string const& name, Limits const& limits) {
    TRY(auto const text, read_file(name, limits.body_bytes_max));
    auto value = scim::parse_json(text, scim::Keys::exact, limits);
    if (!value) {
        auto const& error = value.error();
        return fail({error.code(), fmt::format("{}: {}", shown(name), error.message())});
    }
    auto* object = value->if_object();
    if (object == nullptr) {
        return fail(
            {ErrorCode::invalid_value, fmt::format("{}: must hold a JSON object", shown(name))});
    }
    return std::move(*object);
}

}  // namespace rollcall::server
