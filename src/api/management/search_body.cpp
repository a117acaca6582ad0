// Operators and operands.
#include "api/management/search_body.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace rollcall::api::management {
namespace {

Error make_error(std::string_view kind, std::string_view problem, std::string message) {
    return Error(ErrorCode::invalid_value, std::move(message))
        .with_kind(fmt::format("{}_{}", kind, problem));
}

// Only a query that filters needs one.
Result<bool> read_operator(boost::json::object const& query, bool has_operands) {
    auto const* given = query.if_contains("operator");
    auto const absent =
        given == nullptr || given->is_null() || (given->is_string() && given->get_string().empty());
    if (absent && !has_operands) return false;
    if (!absent && given->is_string()) {
        if (given->get_string() == "AND") return false;
        if (given->get_string() == "OR") return true;
    }
    return fail(Error(ErrorCode::invalid_value, "query.operator must be AND or OR.")
                    .with_kind("user_search_invalid_operator"));
}

Result<SearchOperand> read_operand(boost::json::object const& given, std::string_view kind) {
    auto const* name = given.if_contains("filter_name");
    if (name == nullptr || name->is_null()) {
        return fail(
            make_error(kind, "missing_filter_name", "Each of query.operands needs a filter_name."));
    }
    if (!name->is_string()) {
        return fail(make_error(kind, "filter_name_must_be_string",
                               "The filter_name of an operand must be a string."));
    }
    std::string text(name->get_string());
    auto const* value = given.if_contains("filter_value");
    if (value == nullptr || value->is_null()) {
        return fail(make_error(kind, "missing_filter_value",
                               fmt::format("The operand {} needs a filter_value.", text)));
    }
    return SearchOperand(kind, std::move(text), *value);
}

}  // namespace

Error SearchOperand::error(std::string_view problem, std::string message) const {
    return make_error(kind_, problem, std::move(message));
}

Result<std::vector<std::string>> SearchOperand::texts() const {
    auto const refuse = [&] {
        return fail(
            error("expected_array_of_strings",
                  fmt::format("The filter_value of {} must be an array of strings.", name_)));
    };
    if (!value_->is_array()) return refuse();
    std::vector<std::string> texts;
    texts.reserve(value_->get_array().size());
    for (auto const& element : value_->get_array()) {
        if (!element.is_string()) return refuse();
        texts.emplace_back(element.get_string());
    }
    return texts;
}

Result<bool> SearchOperand::flag() const {
    if (value_->is_bool()) return value_->get_bool();
    return fail(error("expected_boolean",
                      fmt::format("The filter_value of {} must be true or false.", name_)));
}

Result<std::string> SearchOperand::text() const {
    if (value_->is_string()) return std::string(value_->get_string());
    return fail(
        error("expected_string", fmt::format("The filter_value of {} must be a string.", name_)));
}

Result<std::string> SearchOperand::fuzzy(std::string_view field) const {
    TRY(auto given, text());
    if (count_code_points(given) < Limits::search_characters_min) {
        return fail(error(fmt::format("{}_too_short", field),
                          fmt::format("The filter_value of {} must have at least {} characters.",
                                      name_, Limits::search_characters_min)));
    }
    return given;
}

Error SearchOperand::not_recognized() const {
    return error("filter_name_not_recognized",
                 fmt::format("There is no filter with the filter_name {}.", name_));
}

Result<SearchBody> read_search(boost::json::object const& body, std::string_view kind) {
    SearchBody search;
    TRY(auto const query, read_object(body, "query", "invalid_request_value"));
    if (!query) return search;
    TRY(auto const operands, read_objects(*query, "operands", "invalid_request_value"));
    TRY(search.any, read_operator(*query, operands && !operands->empty()));
    if (!operands) return search;
    // `query` is a copy; operands must live in the body.
    auto const& given = body.at("query").get_object().at("operands").get_array();
    for (auto const& operand : given) {
        TRY(auto read, read_operand(operand.get_object(), kind));
        search.operands.push_back(std::move(read));
    }
    return search;
}

void results_metadata_to_json(std::string& out, std::optional<std::uint64_t> total,
                              std::optional<std::string> const& next_cursor) {
    JsonObject metadata(out);
    metadata.value("total") += total ? std::to_string(*total) : "-1";
    metadata.text_or_null("next_cursor", next_cursor);
    metadata.close();
}

}  // namespace rollcall::api::management
