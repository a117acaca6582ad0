// The commands and their options, for CLI11.
#include "cli/command_line.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "cli/help.hpp"
#include "cli/nearest.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace rollcall::cli {
namespace {

/// Reads a value with `parse`, which returns an optional, into `target`.
template <class Target, class Parse>
CLI::Option* add_parsed(CLI::App& command, std::string const& name, Target& target, Parse parse,
                        std::string const& help, std::string const& rule) {
    return command.add_option_function<std::string>(
        name,
        [&target, parse, name, rule](std::string const& text) {
            auto value = parse(text);
            if (!value) throw CLI::ValidationError(name, rule);
            target = *std::move(value);
        },
        help);
}

std::optional<Environment> parse_environment(std::string_view text) {
    if (text == "test") return Environment::test;
    if (text == "live") return Environment::live;
    return std::nullopt;
}

std::optional<std::string> parse_name(std::string const& text) {
    bool const fits = !trim(text).empty() && is_valid_utf8(text) &&
                      count_code_points(text) <= Limits{}.name_code_points_max &&
                      !has_control_character(text);
    return fits ? std::optional(text) : std::nullopt;
}

std::optional<Provider> parse_provider(std::string_view text) {
    if (text == "okta") return Provider::okta;
    if (text == "entra") return Provider::entra;
    return std::nullopt;
}

std::optional<RequestKind> parse_request_kind(std::string_view text) {
    if (text == "failed") return RequestKind::failed;
    if (text == "noted") return RequestKind::noted;
    return std::nullopt;
}

std::optional<std::string> parse_resource_type(std::string_view text) {
    if (text == "User" || text == "Group") return std::string(text);
    return std::nullopt;
}

/// Adds the flags of those settings; their values go to `texts` unjudged, since environment and
/// file may have to be read before one can say what is wrong first.
void add_settings(CLI::App& command, Texts& texts, std::span<std::string_view const> keys) {
    for (auto const key : keys) {
        auto const& setting = *find_setting(key);
        auto const keep = [&texts, name = std::string(key)](std::string const& text) {
            texts[name] = text;
        };
        auto const help = setting_help(setting);
        if (setting.value_name.empty()) {
            command.add_flag_callback(flag_of(setting), [keep] { keep("true"); }, help);
        } else {
            command.add_option_function<std::string>(flag_of(setting), keep, help)
                ->type_name(std::string(setting.value_name));
        }
    }
}

constexpr std::array<std::string_view, 2> database_settings{"data", "config"};
constexpr std::array<std::string_view, 3> sealed_settings{"data", "config", "encryption_key_file"};

void add_project_argument(CLI::App& command, ProjectId& project) {
    add_parsed(command, "PROJECT_ID", project, parse_id<ProjectId>, "Project, as printed by `list`",
               "must be project-test-UUID or project-live-UUID")
        ->required();
}

void add_connection_argument(CLI::App& command, ConnectionId& connection) {
    add_parsed(command, "CONNECTION_ID", connection, parse_id<ConnectionId>,
               "SCIM connection, as the management API shows it",
               "must be scim-connection-test-UUID or scim-connection-live-UUID")
        ->required();
}

/// "name=value" in two.
std::optional<std::pair<std::string, std::string>> parse_assignment(std::string const& text) {
    auto const equals = text.find('=');
    if (equals == std::string::npos || equals == 0) return std::nullopt;
    return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

void add_load(CLI::App& command, Load& load) {
    command.add_option("--users", load.users, "People to push, at most 1000000")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{0}, std::size_t{1'000'000}).description(""))
        ->capture_default_str();
    command.add_option("--groups", load.groups, "Groups to push, at most 100000")
        ->type_name("M")
        ->check(CLI::Range(std::size_t{0}, std::size_t{100'000}).description(""))
        ->capture_default_str();
    command.add_option("--seed", load.seed, "Same seed, same people, groups and memberships")
        ->type_name("S")
        ->capture_default_str();
    command.add_option("--concurrency", load.concurrency, "Requests in flight, 1 to 64")
        ->type_name("C")
        ->check(CLI::Range(1U, 64U).description(""))
        ->capture_default_str();
}

/// The parser and the values it fills; lives in one place because CLI11 keeps references.
class Parser {
public:
    explicit Parser(std::string_view version) : version_(version) {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", "rollcall " + version_, "Print the version");
        app_.footer(std::string(main_footer()));
        app_.set_help_flag("-h,--help", "Print help and exit");
        app_.formatter(make_formatter());
        app_.group("Commands");  // subcommands inherit it
        add_serve();
        add_project();
        add_connection();
        add_schema();
        add_rbac();
        add_token_profile();
        add_key();
        add_impersonate();
        add_simulate();
        add_demo();
    }

    Command parse(std::span<std::string const> arguments) {
        // CLI11 takes them from the back.
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        try {
            app_.parse(std::move(reversed));
        } catch (CLI::CallForHelp const&) {
            return Print{chosen().help(), ExitCode::ok};
        } catch (CLI::CallForVersion const& version) {
            return Print{std::string(version.what()) + "\n", ExitCode::ok};
        } catch (CLI::ParseError const& error) {
            return Print{usage_error(error), ExitCode::usage};
        }
        return result_();
    }

private:
    void add_serve() {
        auto& command = *app_.add_subcommand("serve", "Run the server");
        std::vector<std::string_view> keys;
        for (auto const& setting : settings()) keys.push_back(setting.key);
        add_settings(command, serve_.settings, keys);
        command.footer(std::string(serve_footer()));
        command.final_callback([this] { result_ = [this] { return serve_; }; });
    }

    void add_project() {
        auto& project = *app_.add_subcommand("project", "Make and list projects and their secrets");
        project.require_subcommand(1);
        project.footer(std::string(project_footer()));

        auto& create = *project.add_subcommand("create", "Make a project with a first secret");
        add_parsed(create, "--name", project_create_.name, parse_name,
                   "Name, for people; 1 to 128 characters",
                   "must have 1 to 128 characters, none of them a control character")
            ->type_name("NAME")
            ->required();
        add_parsed(create, "--env", project_create_.environment, parse_environment,
                   "Whether its ids say test or live", "must be test or live")
            ->type_name("test|live")
            ->required();
        create.add_flag("--json", project_create_.json, "Print JSON");
        add_settings(create, project_create_.settings, database_settings);
        create.final_callback([this] { result_ = [this] { return project_create_; }; });

        auto& list = *project.add_subcommand("list", "List projects");
        list.add_flag("--json", project_list_.json, "Print JSON");
        add_settings(list, project_list_.settings, database_settings);
        list.final_callback([this] { result_ = [this] { return project_list_; }; });

        add_secret(project);
    }

    void add_secret(CLI::App& project) {
        auto& secret =
            *project.add_subcommand("secret", "Make, list and revoke a project's secrets");
        secret.require_subcommand(1);

        auto& create = *secret.add_subcommand("create", "Make one more secret, shown only now");
        add_project_argument(create, secret_create_.project);
        create.add_flag("--json", secret_create_.json, "Print JSON");
        add_settings(create, secret_create_.settings, database_settings);
        create.final_callback([this] { result_ = [this] { return secret_create_; }; });

        auto& list = *secret.add_subcommand("list", "List secrets by id and last four characters");
        add_project_argument(list, secret_list_.project);
        list.add_flag("--json", secret_list_.json, "Print JSON");
        add_settings(list, secret_list_.settings, database_settings);
        list.final_callback([this] { result_ = [this] { return secret_list_; }; });

        auto& revoke = *secret.add_subcommand("revoke", "Refuse a secret from now on");
        add_project_argument(revoke, secret_revoke_.project);
        add_parsed(revoke, "SECRET_ID", secret_revoke_.secret, parse_uuid,
                   "Secret's id, as printed by `list`", "must be a lower-case UUID")
            ->required();
        add_settings(revoke, secret_revoke_.settings, database_settings);
        revoke.final_callback([this] { result_ = [this] { return secret_revoke_; }; });
    }

    void add_connection() {
        auto& connection =
            *app_.add_subcommand("connection", "Look at a SCIM connection and set it up");
        connection.require_subcommand(1);
        connection.footer(std::string(connection_footer()));
        auto& options = *connection.add_subcommand(
            "options", "What the connection does differently from its kind of provider");
        options.require_subcommand(1);

        auto& get = *options.add_subcommand("get", "Show every option and who decided it");
        add_connection_argument(get, options_get_.connection);
        get.add_flag("--json", options_get_.json, "Print JSON");
        add_settings(get, options_get_.settings, database_settings);
        get.final_callback([this] { result_ = [this] { return options_get_; }; });

        auto& set = *options.add_subcommand("set", "Change the options that are named");
        add_connection_argument(set, options_set_.connection);
        set.add_option_function<std::vector<std::string>>(
               "NAME=VALUE", [this](std::vector<std::string> const& texts) { assign(texts); },
               "Option and its value; the value `default` gives it back to the provider")
            ->type_name("")
            ->required();
        set.add_flag("--json", options_set_.json, "Print JSON");
        add_settings(set, options_set_.settings, database_settings);
        set.final_callback([this] { result_ = [this] { return options_set_; }; });

        add_requests(connection);
    }

    void add_requests(CLI::App& connection) {
        auto& command = *connection.add_subcommand(
            "requests", "Show requests that failed or that tolerance changed, newest first");
        add_connection_argument(command, requests_list_.connection);
        add_parsed(command, "--only", requests_list_.only, parse_request_kind,
                   "Those that failed, or those with notes", "must be failed or noted")
            ->type_name("failed|noted");
        command.add_option("--limit", requests_list_.limit, "How many, 1 to 1000")
            ->type_name("N")
            ->check(CLI::Range(std::size_t{1}, std::size_t{1000}).description(""))
            ->capture_default_str();
        command.add_flag("--json", requests_list_.json, "Print JSON");
        add_settings(command, requests_list_.settings, database_settings);
        command.final_callback([this] { result_ = [this] { return requests_list_; }; });
    }

    void assign(std::vector<std::string> const& texts) {
        options_set_.options.clear();
        for (auto const& text : texts) {
            auto assignment = parse_assignment(text);
            if (!assignment) throw CLI::ValidationError(text, "must be NAME=VALUE");
            options_set_.options.push_back(*std::move(assignment));
        }
    }

    void add_schema() {
        auto& schema = *app_.add_subcommand(
            "schema", "Declare, list and withdraw extension schemas of SCIM connections");
        schema.require_subcommand(1);
        schema.footer(std::string(schema_footer()));

        auto& list = *schema.add_subcommand("list", "List what a connection declares");
        add_connection_argument(list, schema_list_.connection);
        list.add_flag("--json", schema_list_.json, "Print JSON, with the definitions");
        add_settings(list, schema_list_.settings, database_settings);
        list.final_callback([this] { result_ = [this] { return schema_list_; }; });

        auto& put =
            *schema.add_subcommand("put", "Declare a schema, or replace the one of that URN");
        add_connection_argument(put, schema_put_.connection);
        put.add_option("FILE", schema_put_.file,
                       "Schema as JSON of RFC 7643, section 7; - reads standard input")
            ->required();
        add_parsed(put, "--resource-type", schema_put_.resource_type, parse_resource_type,
                   "What it extends [default: User]", "must be User or Group")
            ->type_name("User|Group");
        put.add_flag("--required", schema_put_.required, "Every resource must carry it");
        add_settings(put, schema_put_.settings, database_settings);
        put.final_callback([this] { result_ = [this] { return schema_put_; }; });

        auto& remove = *schema.add_subcommand("delete", "Withdraw a schema");
        add_connection_argument(remove, schema_delete_.connection);
        remove.add_option("URN", schema_delete_.urn, "URN, as printed by `list`")->required();
        add_settings(remove, schema_delete_.settings, database_settings);
        remove.final_callback([this] { result_ = [this] { return schema_delete_; }; });
    }

    void add_rbac() {
        auto& rbac = *app_.add_subcommand("rbac", "Show and set the roles of a project");
        rbac.require_subcommand(1);
        rbac.footer(std::string(rbac_footer()));

        auto& show = *rbac.add_subcommand("show", "Show roles and resources, default ones too");
        add_project_argument(show, rbac_show_.project);
        show.add_flag("--json", rbac_show_.json, "Print what the project adds, as `set` reads it");
        add_settings(show, rbac_show_.settings, database_settings);
        show.final_callback([this] { result_ = [this] { return rbac_show_; }; });

        auto& set = *rbac.add_subcommand("set", "Replace everything that the project adds");
        add_project_argument(set, rbac_set_.project);
        set.add_option("FILE", rbac_set_.file,
                       "Policy as JSON, see docs/rbac.md; - reads standard input")
            ->required();
        add_settings(set, rbac_set_.settings, database_settings);
        set.final_callback([this] { result_ = [this] { return rbac_set_; }; });
    }

    void add_token_profile() {
        auto& profile = *app_.add_subcommand(
            "token-profile", "Say whose tokens begin sessions of a project's members");
        profile.require_subcommand(1);
        profile.footer(std::string(token_profile_footer()));

        auto& create = *profile.add_subcommand("create", "Trust an issuer");
        add_project_argument(create, token_profile_create_.project);
        create
            .add_option("FILE", token_profile_create_.file,
                        "Profile as JSON, see docs/token-profiles.md; - reads standard input")
            ->required();
        create.add_flag("--json", token_profile_create_.json, "Print JSON");
        add_settings(create, token_profile_create_.settings, database_settings);
        create.final_callback([this] { result_ = [this] { return token_profile_create_; }; });

        auto& list = *profile.add_subcommand("list", "List the issuers that are trusted");
        add_project_argument(list, token_profile_list_.project);
        list.add_flag("--json", token_profile_list_.json, "Print JSON, with keys and mapping");
        add_settings(list, token_profile_list_.settings, database_settings);
        list.final_callback([this] { result_ = [this] { return token_profile_list_; }; });

        auto& remove = *profile.add_subcommand("delete", "Trust an issuer no longer");
        add_project_argument(remove, token_profile_delete_.project);
        remove
            .add_option("PROFILE_ID", token_profile_delete_.profile,
                        "Profile's id, as printed by `list`")
            ->required();
        add_settings(remove, token_profile_delete_.settings, database_settings);
        remove.final_callback([this] { result_ = [this] { return token_profile_delete_; }; });
    }

    void add_key() {
        auto& key = *app_.add_subcommand("key", "List and rotate the keys that sign session JWTs");
        key.require_subcommand(1);
        key.footer(std::string(key_footer()));

        auto& list = *key.add_subcommand("list", "List a project's keys, the current one first");
        add_project_argument(list, key_list_.project);
        list.add_flag("--json", key_list_.json, "Print JSON");
        add_settings(list, key_list_.settings, database_settings);
        list.final_callback([this] { result_ = [this] { return key_list_; }; });

        auto& rotate = *key.add_subcommand("rotate", "Make a new key, which signs from now on");
        add_project_argument(rotate, key_rotate_.project);
        rotate.add_flag("--force", key_rotate_.force,
                        "Even if the current one was stored under an encryption key that is lost");
        add_settings(rotate, key_rotate_.settings, sealed_settings);
        rotate.final_callback([this] { result_ = [this] { return key_rotate_; }; });
    }

    void add_impersonate() {
        auto& command = *app_.add_subcommand(
            "impersonate", "Make a token that lets support log in as a member, once");
        add_parsed(command, "MEMBER_ID", impersonate_.member, parse_id<MemberId>,
                   "Member, as the management API shows it",
                   "must be member-test-UUID or member-live-UUID")
            ->required();
        command
            .add_option("--as", impersonate_.operator_address,
                        "Who will log in; shown on the session")
            ->type_name("ADDRESS")
            ->required();
        command.add_flag("--json", impersonate_.json, "Print JSON");
        add_settings(command, impersonate_.settings, database_settings);
        command.footer(std::string(impersonate_footer()));
        command.final_callback([this] { result_ = [this] { return impersonate_; }; });
    }

    void add_simulate() {
        auto& command = *app_.add_subcommand(
            "simulate", "Push made-up people and groups into any SCIM 2.0 server");
        add_parsed(command, "--idp", simulate_.provider, parse_provider,
                   "Identity provider whose requests are imitated", "must be okta or entra")
            ->type_name("okta|entra")
            ->required();
        command.add_option("--url", simulate_.url, "SCIM base URL, a connection's base_url")
            ->type_name("BASE_URL")
            ->required();
        command
            .add_option("--token", simulate_.token,
                        fmt::format("Bearer token; - reads it from standard input "
                                    "[default: ${}]",
                                    simulate_token_variable))
            ->type_name("TOKEN");
        add_load(command, simulate_.load);
        command.footer(std::string(simulate_footer()));
        command.final_callback([this] { result_ = [this] { return simulate_; }; });
    }

    void add_demo() {
        auto& command = *app_.add_subcommand(
            "demo", "Show the whole job on a throw-away database and a free port");
        demo_.load.users = 1000;
        demo_.load.groups = 50;
        add_load(command, demo_.load);
        command.footer(std::string(demo_footer()));
        command.final_callback([this] { result_ = [this] { return demo_; }; });
    }

    /// The innermost command that was named, for its help.
    CLI::App& chosen() {
        CLI::App* command = &app_;
        while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
        return *command;
    }

    std::string usage_error(CLI::ParseError const& error) {
        auto& command = chosen();
        auto names = command.get_name();
        for (auto const* parent = command.get_parent(); parent != nullptr;
             parent = parent->get_parent()) {
            names.insert(0, parent->get_name() + " ");
        }
        return fmt::format("rollcall: {}\nTry '{} --help'.\n",
                           unknown_command(command).value_or(error.what()), names);
    }

    /// What to say if a word stands where one of `command`'s own commands should.
    static std::optional<std::string> unknown_command(CLI::App const& command) {
        auto const words = command.remaining();
        std::vector<std::string> names;
        for (auto const* known : command.get_subcommands({})) names.push_back(known->get_name());
        if (names.empty() || words.empty() || words.front().starts_with('-')) return std::nullopt;
        auto text = fmt::format("{} is not a command", words.front());
        std::vector<std::string_view> const views(names.begin(), names.end());
        if (auto const near = nearest(words.front(), views)) {
            return text + fmt::format("; did you mean {}?", *near);
        }
        return text + fmt::format("; known are {}", fmt::join(views, ", "));
    }

    std::string version_;
    CLI::App app_{
        "Rollcall: identity providers push users and groups over SCIM, your backend reads "
        "them.",
        "rollcall"};
    Serve serve_;
    ProjectCreate project_create_;
    ProjectList project_list_;
    SecretCreate secret_create_;
    SecretList secret_list_;
    SecretRevoke secret_revoke_;
    OptionsGet options_get_;
    OptionsSet options_set_;
    RequestsList requests_list_;
    SchemaList schema_list_;
    SchemaPut schema_put_;
    SchemaDelete schema_delete_;
    RbacShow rbac_show_;
    RbacSet rbac_set_;
    TokenProfileCreate token_profile_create_;
    TokenProfileList token_profile_list_;
    TokenProfileDelete token_profile_delete_;
    KeyList key_list_;
    KeyRotate key_rotate_;
    Impersonate impersonate_;
    Simulate simulate_;
    Demo demo_;
    std::function<Command()> result_;
};

}  // namespace

Command parse_command_line(std::span<std::string const> arguments, std::string_view version) {
    return Parser(version).parse(arguments);
}

}  // namespace rollcall::cli
