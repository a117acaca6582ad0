// Reads .scimtest files line by line.
#include "scripts/script.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <regex>

namespace rollcall::scripts {
namespace {

namespace json = boost::json;

std::regex const request_line(R"(([A-Z]+) (/.*?)(?: as ([a-z][a-z0-9_]*))?)");
std::regex const given_line(
    R"(given connection ([a-z][a-z0-9_]*)(?: of ([a-z][a-z0-9-]*))?(?: with ([a-z_=,]+))?)");
std::regex const events_line(R"(events(?: ([a-z][a-z0-9_]*))?)");
std::regex const notes_line(R"(notes(?: ([a-z][a-z0-9_]*))?)");
std::regex const declare_line(R"(declare (User|Group)( required)?(?: as ([a-z][a-z0-9_]*))?)");
std::regex const withdraw_line(R"(withdraw (urn:[^ ]+)(?: as ([a-z][a-z0-9_]*))?)");
std::regex const header_line(R"(([A-Za-z][A-Za-z0-9-]*):(?: (.*))?)");
std::regex const status_line(R"(----((?: [1-5][0-9][0-9])+))");
std::regex const remark_line(R"(# (name|ids|source): (.+))");
std::regex const id_word(R"([A-Z]-[0-9]{2})");
std::regex const event_line(R"(([a-z_.]+)(?: ([^ ]+))?(?: ([^ ]+))?)");

std::string const no_body = "no body";

/// Words behind a '$' that name no variable: matchers, and SCIM's `$ref`.
constexpr std::array<std::string_view, 8> reserved{"ref",    "absent", "any",      "exact",
                                                   "exists", "length", "contains", "regex"};

/// `text` with each $name spelled {{name}}.
std::string with_braces(std::string const& text) {
    static std::regex const variable(R"(\$([a-z][a-z0-9_]*))");
    std::string result;
    auto rest = text.cbegin();
    for (std::sregex_iterator it(text.begin(), text.end(), variable), end; it != end; ++it) {
        auto const name = (*it)[1].str();
        result.append(rest, (*it)[0].first);
        result += std::ranges::count(reserved, name) > 0 ? (*it)[0].str() : "{{" + name + "}}";
        rest = (*it)[0].second;
    }
    return result.append(rest, text.cend());
}

bool has_variable_as_key(json::value const& value) {
    if (auto const* object = value.if_object()) {
        return std::ranges::any_of(*object, [](auto const& member) {
            return std::string_view(member.key()).starts_with("{{") ||
                   has_variable_as_key(member.value());
        });
    }
    auto const* list = value.if_array();
    return list != nullptr && std::ranges::any_of(*list, has_variable_as_key);
}

std::vector<std::string> words(std::string const& text) {
    std::vector<std::string> result;
    std::size_t from = 0;
    while ((from = text.find_first_not_of(' ', from)) != std::string::npos) {
        auto const to = std::min(text.find(' ', from), text.size());
        result.push_back(text.substr(from, to - from));
        from = to;
    }
    return result;
}

class Parser {
public:
    explicit Parser(std::string_view text) {
        while (!text.empty()) {
            auto const end = std::min(text.find('\n'), text.size());
            lines_.emplace_back(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    Script parse() {
        while (at_ < lines_.size()) parse_item();
        if (script_.name.empty()) fail("no `# name:`");
        if (script_.ids.empty()) fail("no `# ids:`");
        if (script_.steps.empty()) fail("no exchange");
        return std::move(script_);
    }

private:
    [[noreturn]] void fail(std::string const& reason) const { throw ScriptError(at_ + 1, reason); }

    [[nodiscard]] std::string const& line() const { return lines_[at_]; }
    [[nodiscard]] bool more() const { return at_ < lines_.size(); }

    /// True at a line that cannot belong to an expected body.
    [[nodiscard]] bool at_item() const {
        return line().starts_with('#') || std::regex_match(line(), request_line) ||
               std::regex_match(line(), given_line) || std::regex_match(line(), events_line) ||
               std::regex_match(line(), notes_line) || std::regex_match(line(), declare_line) ||
               std::regex_match(line(), withdraw_line);
    }

    void parse_item() {
        std::smatch match;
        if (line().empty()) {
            ++at_;
        } else if (line().starts_with('#')) {
            parse_remark();
        } else if (std::regex_match(line(), match, given_line)) {
            parse_given(match);
        } else if (std::regex_match(line(), match, events_line)) {
            parse_events(match);
        } else if (std::regex_match(line(), match, notes_line)) {
            parse_notes(match);
        } else if (std::regex_match(line(), match, declare_line)) {
            parse_declaration(match);
        } else if (std::regex_match(line(), match, withdraw_line)) {
            Declaration withdrawal{at_ + 1, connection_named(match[2]), match[1], {}, false, {}};
            script_.steps.emplace_back(std::move(withdrawal));
            ++at_;
        } else if (std::regex_match(line(), match, request_line)) {
            parse_exchange(match);
        } else {
            fail(
                "neither a request, `given connection`, `events`, `notes`, `declare`, `withdraw` "
                "nor a comment");
        }
    }

    void parse_remark() {
        std::smatch match;
        if (std::regex_match(line(), match, remark_line)) {
            if (match[1] == "name") script_.name = match[2];
            if (match[1] == "source") script_.source = match[2];
            if (match[1] == "ids") parse_ids(match[2]);
        }
        ++at_;
    }

    void parse_ids(std::string const& text) {
        for (auto const& word : words(text)) {
            if (!std::regex_match(word, id_word)) fail("`" + word + "` is no id like P-24");
            script_.ids.push_back(word);
        }
    }

    void parse_given(std::smatch const& match) {
        if (!script_.steps.empty()) fail("connections are given before the first request");
        Connection connection{match[1], match[2].matched ? match[2] : match[1], match[3]};
        if (is_given(connection.name)) {
            fail("there is a connection " + connection.name + " already");
        }
        script_.connections.push_back(std::move(connection));
        ++at_;
    }

    [[nodiscard]] bool is_given(std::string const& name) const {
        return std::ranges::count(script_.connections, name, &Connection::name) > 0;
    }

    /// The connection that a line speaks about; the only one if it names none.
    std::string connection_named(std::ssub_match const& name) const {
        if (!name.matched) {
            if (script_.connections.size() != 1) fail("which connection? (`as NAME`)");
            return script_.connections.front().name;
        }
        if (!is_given(name)) fail("no connection " + name.str() + " is given");
        return name;
    }

    void parse_events(std::smatch const& match) {
        EventCheck check{at_ + 1, connection_named(match[1]), {}};
        ++at_;
        if (!more() || line() != "----") fail("expected `----` below `events`");
        for (++at_; more() && !line().empty(); ++at_) {
            std::smatch fields;
            if (!std::regex_match(line(), fields, event_line)) {
                fail("an event is its name, object and related object");
            }
            json::array event;
            for (std::size_t i = 1; i < fields.size(); ++i) {
                if (fields[i].matched) event.emplace_back(with_braces(fields[i]));
            }
            check.expected.push_back(std::move(event));
        }
        script_.steps.emplace_back(std::move(check));
    }

    void parse_notes(std::smatch const& match) {
        NoteCheck check{at_ + 1, connection_named(match[1]), {}};
        ++at_;
        if (!more() || line() != "----") fail("expected `----` below `notes`");
        for (++at_; more() && !line().empty(); ++at_) {
            check.expected.emplace_back(with_braces(line()));
        }
        script_.steps.emplace_back(std::move(check));
    }

    void parse_declaration(std::smatch const& match) {
        Declaration declaration{at_ + 1,  connection_named(match[3]), {},
                                match[1], match[2].matched,           {}};
        std::string text;
        for (++at_; more() && !line().empty(); ++at_) text += line() + '\n';
        auto const schema = parse_json(text);
        auto const* object = schema.if_object();
        auto const* urn = object != nullptr ? object->if_contains("id") : nullptr;
        if (urn == nullptr || !urn->is_string()) fail("the schema above has no id");
        declaration.urn = urn->get_string();
        declaration.schema = *object;
        script_.steps.emplace_back(std::move(declaration));
    }

    void parse_exchange(std::smatch const& match) {
        Exchange exchange;
        exchange.line = at_ + 1;
        exchange.method = match[1];
        exchange.target = with_braces(match[2]);
        exchange.connection = connection_named(match[3]);
        ++at_;
        parse_request(exchange);
        parse_status(exchange);
        parse_expectation(exchange);
        script_.steps.emplace_back(std::move(exchange));
    }

    [[nodiscard]] bool at_answer() const { return line().starts_with("----"); }

    void parse_request(Exchange& exchange) {
        std::smatch match;
        for (; more() && std::regex_match(line(), match, header_line); ++at_) {
            exchange.headers.emplace_back(match[1], with_braces(match[2]));
        }
        if (more() && line().empty()) ++at_;
        for (; more() && !at_answer(); ++at_) {
            exchange.body = (exchange.body ? *exchange.body + '\n' : "") + with_braces(line());
        }
    }

    void parse_status(Exchange& exchange) {
        std::smatch match;
        if (!more()) fail("the request has no `---- STATUS`");
        if (!std::regex_match(line(), match, status_line)) fail("expected `---- STATUS …`");
        for (auto const& word : words(match[1])) {
            std::from_chars(word.data(), word.data() + word.size(),
                            exchange.statuses.emplace_back());
        }
        ++at_;
    }

    void parse_expectation(Exchange& exchange) {
        std::smatch match;
        for (; more() && std::regex_match(line(), match, header_line); ++at_) {
            std::string const value = with_braces(match[2]);
            exchange.expected_headers.emplace_back(
                match[1], value.starts_with('{') && !value.starts_with("{{") ? parse_json(value)
                                                                             : json::value(value));
        }
        if (more() && line() == no_body) {
            exchange.no_body = true;
            ++at_;
            return;
        }
        std::string text;
        for (; more() && !at_item(); ++at_) text += with_braces(line()) + '\n';
        if (text.find_first_not_of('\n') != std::string::npos) {
            exchange.expected_body = parse_json(text);
        }
    }

    json::value parse_json(std::string const& text) const {
        boost::system::error_code error;
        auto value = json::parse(text, error);
        if (error) fail("the expected JSON above is none: " + error.message());
        if (has_variable_as_key(value)) fail("an expected member's name is an unknown matcher");
        return value;
    }

    std::vector<std::string> lines_;
    std::size_t at_ = 0;
    Script script_;
};

}  // namespace

Script parse_script(std::string_view text) {
    return Parser(text).parse();
}

}  // namespace rollcall::scripts
