// Expected and actual JSON, side by side.
#include "scripts/comparison.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace rollcall::scripts {
namespace {

namespace json = boost::json;

class Comparison {
public:
    explicit Comparison(replay::Variables& variables) : variables_(variables) {}

    void compare(std::string const& where, json::value const* actual, json::value const& expected) {
        if (auto const* object = expected.if_object()) {
            compare_object(where, actual, *object);
        } else if (auto const* list = expected.if_array()) {
            compare_list(where, actual, *list);
        } else if (!binds(actual, expected)) {
            note(where, replay::mismatch(actual, plain(expected)));
        }
    }

    [[nodiscard]] std::vector<std::string> found() && { return std::move(found_); }

private:
    void note(std::string const& where, std::optional<std::string> const& reason) {
        if (reason) found_.push_back(where + ": " + *reason);
    }

    /// True if `expected` is a variable without a value, which `actual` now is.
    bool binds(json::value const* actual, json::value const& expected) {
        if (actual == nullptr || actual->is_null() || !expected.is_string()) return false;
        auto const name = replay::lone_variable(expected.get_string());
        return name && variables_.emplace(*name, *actual).second;
    }

    /// `expected` with variables filled in and short forms of matchers written out.
    [[nodiscard]] json::value plain(json::value const& expected) const {
        if (expected == "$absent") return {{"$absent", true}};
        if (expected == "$any") return {{"$exists", true}};
        return replay::substitute(expected, variables_);
    }

    void compare_object(std::string const& where, json::value const* actual,
                        json::object const& expected) {
        if (auto const* exact = expected.if_contains("$exact")) {
            auto const before = exact_;
            exact_ = true;
            compare(where, actual, *exact);
            exact_ = before;
        } else if (replay::is_matcher(expected)) {
            note(where, replay::mismatch(actual, plain(expected)));
        } else if (actual == nullptr || !actual->is_object()) {
            note(where, replay::mismatch(actual, plain(expected)));
        } else {
            compare_members(where, actual->get_object(), expected);
        }
    }

    void compare_members(std::string const& where, json::object const& actual,
                         json::object const& expected) {
        for (auto const& [key, value] : expected) {
            compare(where + '/' + std::string(key), actual.if_contains(key), value);
        }
        if (!exact_) return;
        for (auto const& [key, value] : actual) {
            if (expected.contains(key)) continue;
            found_.push_back(where + '/' + std::string(key) + ": not expected, got " +
                             json::serialize(value));
        }
    }

    void compare_list(std::string const& where, json::value const* actual,
                      json::array const& expected) {
        auto const* list = actual == nullptr ? nullptr : actual->if_array();
        if (list == nullptr || list->size() != expected.size()) {
            auto const got = actual == nullptr ? "nothing" : json::serialize(*actual);
            found_.push_back(where + ": expected a list of " + std::to_string(expected.size()) +
                             ", got " + got);
            return;
        }
        for (std::size_t i = 0; i < expected.size(); ++i) {
            compare(where + '/' + std::to_string(i), &(*list)[i], expected[i]);
        }
    }

    replay::Variables& variables_;
    bool exact_ = false;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> differences(std::string_view where, json::value const* actual,
                                     json::value const& expected, replay::Variables& variables) {
    Comparison comparison(variables);
    comparison.compare(std::string(where), actual, expected);
    return std::move(comparison).found();
}

}  // namespace rollcall::scripts
