// JSON text to values under the project's rules (checklist G-04, H-14, K-13).
#include "scim/json.hpp"

#include "base/text.hpp"
#include "scim/names.hpp"
#include "scim/notes.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_set>
#include <vector>

namespace rollcall::scim {
namespace {

namespace json = boost::json;

// The keys of the objects still open, in one buffer that grows no further than the input.
class OpenKeys {
public:
    explicit OpenKeys(Keys compared) : compared_(compared) {}

    void begin_object() { starts_.push_back(ends_.size()); }
    void append(json::string_view part) { text_.append(part.data(), part.size()); }
    void end_key() { ends_.push_back(text_.size()); }

    // What has been read of a key that has not ended.
    std::string_view unfinished() const {
        return std::string_view(text_).substr(ends_.empty() ? 0 : ends_.back());
    }

    // The key behind which the parser stands; empty outside of objects.
    std::string_view nearest() const { return ends_.empty() ? "" : key(ends_.size() - 1); }

    // Closes the innermost object; tells a key that it holds twice.
    std::optional<std::string> end_object() {
        auto const first = starts_.back();
        auto duplicate = find_duplicate(first);
        text_.resize(first == 0 ? 0 : ends_[first - 1]);
        ends_.resize(first);
        starts_.pop_back();
        return duplicate;
    }

private:
    std::string_view key(std::size_t index) const {
        auto const begin = index == 0 ? 0 : ends_[index - 1];
        return std::string_view(text_).substr(begin, ends_[index] - begin);
    }

    bool is_same(std::string_view a, std::string_view b) const {
        return compared_ == Keys::exact ? a == b : same_name(a, b);
    }

    std::optional<std::string> find_duplicate(std::size_t first) const {
        constexpr std::size_t few = 24;
        if (ends_.size() - first > few) return find_duplicate_of_many(first);
        for (auto i = first + 1; i < ends_.size(); ++i) {
            for (auto j = first; j < i; ++j) {
                if (is_same(key(i), key(j))) return std::string(key(i));
            }
        }
        return std::nullopt;
    }

    std::optional<std::string> find_duplicate_of_many(std::size_t first) const {
        std::unordered_set<std::string> seen;
        for (auto i = first; i < ends_.size(); ++i) {
            auto name = compared_ == Keys::exact ? std::string(key(i)) : ascii_lower(key(i));
            if (!seen.insert(std::move(name)).second) return std::string(key(i));
        }
        return std::nullopt;
    }

    Keys compared_;
    std::string text_;
    std::vector<std::size_t> ends_;
    std::vector<std::size_t> starts_;
};

// The number that `text` spells, infinite if it is beyond a double. `rough` is Boost.JSON's reading
// of it, which may be off by one in the last place, and which of 0e999 makes no number.
double exact_number(std::string_view text, double rough) {
    double exact = 0;
    auto const end = text.data() + text.size();
    auto const [read_to, failure] = std::from_chars(text.data(), end, exact);
    if (failure == std::errc::result_out_of_range) {
        auto const is_tiny = std::abs(rough) < 1;
        return is_tiny ? std::copysign(0.0, rough) : std::numeric_limits<double>::infinity();
    }
    return read_to == end ? exact : rough;
}

// Builds the value, and asks for no more than the grammar.
struct Builder {
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    json::value_stack stack;

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) { return true; }
    bool on_object_end(std::size_t size, json::error_code&) {
        stack.push_object(size);
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t size, json::error_code&) {
        stack.push_array(size);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        stack.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code&) {
        stack.push_key(part);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        stack.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, json::error_code&) {
        stack.push_string(part);
        return true;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
        stack.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
        stack.push_uint64(number);
        return true;
    }
    bool on_double(double rough, json::string_view text, json::error_code& code) {
        auto const number = exact_number({text.data(), text.size()}, rough);
        // It would be printed as something that is no JSON.
        if (!std::isfinite(number)) {
            code = json::error::exponent_overflow;
            return false;
        }
        stack.push_double(number);
        return true;
    }
    bool on_bool(bool boolean, json::error_code&) {
        stack.push_bool(boolean);
        return true;
    }
    bool on_null(json::error_code&) {
        stack.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
};

// Asks also for the project's rules; remembers the errors that Boost.JSON has no word for.
struct RuledBuilder : Builder {
    explicit RuledBuilder(Keys compared) : keys(compared), compared(compared) {}

    OpenKeys keys;
    Keys compared;
    std::optional<Error> error;

    // Behind "A string" and the like: in which member of an object it stands.
    std::string where() const {
        auto const key = keys.nearest();
        return key.empty() ? "" : fmt::format(" in \"{}\"", shown_name(key));
    }

    bool refuse(Error why, json::error_code& code) {
        error = std::move(why);
        code = json::error::syntax;
        return false;
    }
    bool check_key(json::string_view part, json::error_code& code) {
        if (part.find('\0') == json::string_view::npos) return true;
        std::string shown;
        append_json_escaped(shown, shown_name(keys.unfinished()));
        return refuse({ErrorCode::invalid_value,
                       fmt::format("The key \"{}\" must not contain NUL (U+0000).", shown)},
                      code);
    }
    bool check_string(json::string_view part, json::error_code& code) {
        if (part.find('\0') == json::string_view::npos) return true;
        return refuse({ErrorCode::invalid_value,
                       fmt::format("A string{} must not contain NUL (U+0000).", where())},
                      code);
    }

    bool on_object_begin(json::error_code& code) {
        keys.begin_object();
        return Builder::on_object_begin(code);
    }
    bool on_object_end(std::size_t size, json::error_code& code) {
        if (auto const twice = keys.end_object()) {
            return refuse(
                {ErrorCode::invalid_syntax,
                 fmt::format("The key \"{}\" occurs twice in one object{}.", shown_name(*twice),
                             compared == Keys::exact ? "" : "; keys are compared without case")},
                code);
        }
        return Builder::on_object_end(size, code);
    }
    bool on_key_part(json::string_view part, std::size_t size, json::error_code& code) {
        keys.append(part);
        return check_key(part, code) && Builder::on_key_part(part, size, code);
    }
    bool on_key(json::string_view part, std::size_t size, json::error_code& code) {
        keys.append(part);
        if (!check_key(part, code)) return false;
        keys.end_key();
        return Builder::on_key(part, size, code);
    }
    bool on_string_part(json::string_view part, std::size_t size, json::error_code& code) {
        return check_string(part, code) && Builder::on_string_part(part, size, code);
    }
    bool on_string(json::string_view part, std::size_t size, json::error_code& code) {
        return check_string(part, code) && Builder::on_string(part, size, code);
    }
};

// True if the text ends in the escape of a leading surrogate: Boost.JSON calls a missing other half
// a mere syntax error.
bool ends_in_surrogate(std::string_view text) {
    if (text.size() < 6) return false;
    auto const escape = text.substr(text.size() - 6);
    auto const kind = escape[3];
    auto const backslashes =
        text.size() - 5 - (text.substr(0, text.size() - 5).find_last_not_of('\\') + 1);
    return backslashes % 2 == 1 && escape[1] == 'u' && lower(escape[2]) == 'd' &&
           (kind == '8' || kind == '9' || lower(kind) == 'a' || lower(kind) == 'b');
}

// @param where  see RuledBuilder::where.
Error describe(json::error_code const& code, std::string_view read, std::size_t position,
               std::string_view where, Limits const& limits) {
    if ((code == json::error::syntax && ends_in_surrogate(read)) ||
        code == json::error::illegal_leading_surrogate ||
        code == json::error::illegal_trailing_surrogate ||
        code == json::error::expected_utf16_escape) {
        return {ErrorCode::invalid_value,
                fmt::format("An unpaired surrogate stands in a string at position {}.", position)};
    }
    if (code == json::error::exponent_overflow) {
        return {ErrorCode::invalid_value,
                fmt::format("A number{} is out of range: error at position {}.", where, position)};
    }
    if (code == json::error::too_deep) {
        return {ErrorCode::invalid_syntax,
                fmt::format("The JSON is nested deeper than {} levels at position {}.",
                            limits.json_depth_max, position)};
    }
    if (code == json::error::incomplete) {
        return {ErrorCode::invalid_syntax,
                fmt::format("The JSON ends before it is complete, at position {}.", position)};
    }
    if (code == json::error::extra_data) {
        return {ErrorCode::invalid_syntax,
                fmt::format("Something follows the JSON value at position {}.", position)};
    }
    return {ErrorCode::invalid_syntax,
            fmt::format("The body is not JSON in UTF-8: error at position {}.", position)};
}

std::string_view without_bom(std::string_view text) {
    constexpr std::string_view bom = "\xef\xbb\xbf";
    if (text.starts_with(bom)) text.remove_prefix(bom.size());
    return text;
}

// Parses all of `text`; returns how much of it was read.
template <class Handler>
std::size_t parse_all(json::basic_parser<Handler>& parser, std::string_view text,
                      json::error_code& code) {
    parser.handler().stack.reset();
    auto const consumed = parser.write_some(false, text.data(), text.size(), code);
    if (!code && consumed < text.size()) code = json::error::extra_data;
    return consumed;
}

}  // namespace

Result<json::value> parse_json(std::string_view text, Keys keys, Limits const& limits) {
    auto const body = without_bom(text);
    if (trim(body).empty()) {
        return fail({ErrorCode::invalid_syntax, "The body is empty; JSON is expected."});
    }
    json::parse_options options;
    options.max_depth = limits.json_depth_max;
    json::basic_parser<RuledBuilder> parser(options, keys);
    auto& builder = parser.handler();
    json::error_code code;
    auto const consumed = parse_all(parser, body, code);
    if (builder.error) return fail(*std::move(builder.error));
    if (code) {
        auto const skipped = text.size() - body.size();
        return fail(describe(code, body.substr(0, consumed), consumed + skipped + 1,
                             builder.where(), limits));
    }
    return builder.stack.release();
}

std::optional<json::value> parse_plain_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = std::numeric_limits<unsigned char>::max();
    json::basic_parser<Builder> parser(options);
    json::error_code code;
    parse_all(parser, text, code);
    if (code) return std::nullopt;
    return parser.handler().stack.release();
}

}  // namespace rollcall::scim
