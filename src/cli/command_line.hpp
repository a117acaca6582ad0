// The command line as values: what was asked for, or what to print instead.
#pragma once

#include "base/id.hpp"
#include "base/uuid.hpp"
#include "cli/config.hpp"
#include "cli/exit_code.hpp"
#include "cli/provider.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace rollcall::cli {

/// Flags that are settings, for resolve_config().
struct Serve {
    Texts settings;
};

struct ProjectCreate {
    Texts settings;
    std::string name;
    Environment environment = Environment::test;
    bool json = false;
};
struct ProjectList {
    Texts settings;
    bool json = false;
};
struct SecretCreate {
    Texts settings;
    ProjectId project;
    bool json = false;
};
struct SecretList {
    Texts settings;
    ProjectId project;
    bool json = false;
};
struct SecretRevoke {
    Texts settings;
    ProjectId project;
    Uuid secret;
};

struct OptionsGet {
    Texts settings;
    ConnectionId connection;
    bool json = false;
};
struct OptionsSet {
    Texts settings;
    ConnectionId connection;
    std::vector<std::pair<std::string, std::string>> options;  ///< name and value, unjudged
    bool json = false;
};

/// Which of a connection's requests to show.
enum class RequestKind : std::uint8_t { all, failed, noted };
struct RequestsList {
    Texts settings;
    ConnectionId connection;
    RequestKind only = RequestKind::all;
    std::size_t limit = 50;
    bool json = false;
};

struct SchemaList {
    Texts settings;
    ConnectionId connection;
    bool json = false;
};
struct SchemaPut {
    Texts settings;
    ConnectionId connection;
    std::string file;  ///< "-": standard input
    std::string resource_type = "User";
    bool required = false;
};
struct SchemaDelete {
    Texts settings;
    ConnectionId connection;
    std::string urn;
};

struct RbacShow {
    Texts settings;
    ProjectId project;
    bool json = false;
};
struct RbacSet {
    Texts settings;
    ProjectId project;
    std::string file;  ///< "-": standard input
};

struct TokenProfileCreate {
    Texts settings;
    ProjectId project;
    std::string file;  ///< "-": standard input
    bool json = false;
};
struct TokenProfileList {
    Texts settings;
    ProjectId project;
    bool json = false;
};
struct TokenProfileDelete {
    Texts settings;
    ProjectId project;
    std::string profile;
};

struct KeyList {
    Texts settings;
    ProjectId project;
    bool json = false;
};
struct KeyRotate {
    Texts settings;
    ProjectId project;
    bool force = false;  ///< also when the current key cannot be opened
};

struct Impersonate {
    Texts settings;
    MemberId member;
    std::string operator_address;  ///< unjudged
    bool json = false;
};

/// How large a directory the simulator makes up, and how it pushes it.
struct Load {
    std::size_t users = 100;
    std::size_t groups = 10;
    std::uint64_t seed = 1;
    unsigned concurrency = 4;
};

struct Simulate {
    Provider provider = Provider::okta;
    std::string url;
    std::string token;  ///< "-": to be read from standard input; empty: from the environment
    Load load;
};

struct Demo {
    Load load;
};

/// Nothing to do but to print: help, version, or what is wrong with the command line.
struct Print {
    std::string text;
    ExitCode exit_code = ExitCode::ok;  ///< ok: to standard output, else to standard error
};

using Command =
    std::variant<Print, Serve, ProjectCreate, ProjectList, SecretCreate, SecretList, SecretRevoke,
                 OptionsGet, OptionsSet, RequestsList, SchemaList, SchemaPut, SchemaDelete,
                 RbacShow, RbacSet, TokenProfileCreate, TokenProfileList, TokenProfileDelete,
                 KeyList, KeyRotate, Impersonate, Simulate, Demo>;

/// @param arguments  without the program's own name.
/// @param version    printed by --version.
[[nodiscard]] Command parse_command_line(std::span<std::string const> arguments,
                                         std::string_view version);

}  // namespace rollcall::cli
