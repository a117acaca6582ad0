// Conjuncts with an index, constants, and what remains.
#include "directory/filter_plan.hpp"

#include "base/overloaded.hpp"
#include "base/text.hpp"
#include "base/timestamp.hpp"
#include "directory/member_ref.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::directory {
namespace {

using scim::And;
using scim::AttributeName;
using scim::Comparison;
using scim::Filter;
using scim::FilterPtr;
using scim::Not;
using scim::Operator;
using scim::Or;
using scim::ValueFilter;

/// True for the core or common attribute `name`, with sub-attribute `sub` or without any.
bool names(AttributeName const& attribute, std::string_view name, std::string_view sub = {}) {
    if (!attribute.ref || attribute.ref->extension != nullptr) return false;
    auto const& ref = *attribute.ref;
    if (ref.attribute == nullptr || ref.attribute->name != name) return false;
    return ref.sub_attribute == nullptr || (!sub.empty() && ref.sub_attribute->name == sub);
}

/// What an expression is worth for every resource, if that is known without looking at one.
using Constant = std::optional<bool>;

/// Evaluates what depends on the resource type alone.
class TypeFacts {
public:
    explicit TypeFacts(std::string_view type_name)
        : resource_{{"meta", {{"resourceType", type_name}}}} {}

    [[nodiscard]] Constant constant_of(Filter const& filter) const {
        return std::visit([&](auto const& node) { return constant_of(node); }, filter.node);
    }

private:
    /// An attribute that the type does not define has no value (F-24, F-26).
    [[nodiscard]] Constant constant_of(Comparison const& comparison) const {
        auto const is_fact =
            !comparison.attribute.ref || names(comparison.attribute, "meta", "resourceType");
        if (!is_fact) return std::nullopt;
        return scim::matches(Filter{comparison}, resource_);
    }
    [[nodiscard]] Constant constant_of(ValueFilter const& value) const {
        return value.attribute.ref ? Constant{} : Constant{false};
    }
    [[nodiscard]] Constant constant_of(Not const& negation) const {
        auto const inner = constant_of(*negation.operand);
        return inner ? Constant{!*inner} : Constant{};
    }
    [[nodiscard]] Constant constant_of(And const& all) const {
        return fold_operands(all.operands, false);
    }
    [[nodiscard]] Constant constant_of(Or const& any) const {
        return fold_operands(any.operands, true);
    }
    /// `decisive` as one operand decides; all of them unlike it decide the other way.
    [[nodiscard]] Constant fold_operands(std::vector<FilterPtr> const& operands,
                                         bool decisive) const {
        Constant result = !decisive;
        for (auto const& operand : operands) {
            auto const part = constant_of(*operand);
            if (part == decisive) return decisive;
            if (!part) result.reset();
        }
        return result;
    }

    boost::json::object resource_;
};

void collect_conjuncts(FilterPtr const& filter, TypeFacts const& facts,
                       std::vector<FilterPtr>& out) {
    if (auto const* all = std::get_if<And>(&filter->node)) {
        for (auto const& operand : all->operands) collect_conjuncts(operand, facts, out);
        return;
    }
    if (facts.constant_of(*filter) != true) out.push_back(filter);
}

FilterPtr conjunction(std::vector<FilterPtr> operands) {
    if (operands.empty()) return nullptr;
    if (operands.size() == 1) return std::move(operands.front());
    return std::make_shared<Filter const>(Filter{And{std::move(operands)}});
}

/// Inside brackets: the sub-attribute's own name, however the tree refers to it.
std::string_view leaf(AttributeName const& attribute) {
    if (!attribute.ref || attribute.ref->attribute == nullptr) return {};
    return attribute.ref->sub_attribute != nullptr ? attribute.ref->sub_attribute->name
                                                   : attribute.ref->attribute->name;
}

/// The text that a comparison demands by `eq`. Never empty: empty strings have no index.
std::optional<std::string_view> wanted(Comparison const& comparison) {
    if (comparison.op != Operator::eq || !comparison.operand.is_string()) return std::nullopt;
    std::string_view const text = comparison.operand.get_string();
    if (text.empty()) return std::nullopt;
    return text;
}

/// The `eq` tests of a bracket on `value` and `type`; `complete` if there is nothing else in it.
struct ElementTests {
    std::optional<std::string_view> value;
    std::optional<std::string_view> type;
    bool complete = true;
};

void collect_tests(Comparison const& comparison, ElementTests& tests) {
    auto const text = wanted(comparison);
    auto const name = leaf(comparison.attribute);
    if (text && name == "value" && !tests.value) {
        tests.value = text;
    } else if (text && name == "type" && !tests.type) {
        tests.type = text;
    } else {
        tests.complete = false;
    }
}

void collect_tests(Filter const& filter, ElementTests& tests) {
    if (auto const* all = std::get_if<And>(&filter.node)) {
        for (auto const& operand : all->operands) collect_tests(*operand, tests);
    } else if (auto const* comparison = std::get_if<Comparison>(&filter.node)) {
        collect_tests(*comparison, tests);
    } else {
        tests.complete = false;
    }
}

ElementTests tests_of(ValueFilter const& filter) {
    ElementTests tests;
    collect_tests(*filter.filter, tests);
    if (filter.tail) collect_tests(*filter.tail, tests);
    return tests;
}

/// A conjunct that has an index. With `exact` the index answers it completely.
template <class Index>
struct Choice {
    Index index;
    bool exact = true;
};

using UserChoice = std::optional<Choice<UserIndex>>;
using GroupChoice = std::optional<Choice<GroupIndex>>;

template <class IdType, class Index>
Index by_id(std::string_view text, Environment environment) {
    auto const id = parse_id<IdType>(text);
    if (!id || id->environment != environment) return Nothing{};
    return ById{id->uuid};
}

UserIndex by_group(std::string_view text, Environment environment) {
    auto const id = parse_id<GroupId>(text);
    if (!id || id->environment != environment) return Nothing{};
    return ByGroup{id->uuid};
}

UserChoice choose(Comparison const& comparison, Environment environment, UserIndex const&) {
    auto const text = wanted(comparison);
    if (!text) return std::nullopt;
    if (names(comparison.attribute, "id")) {
        return Choice<UserIndex>{by_id<MemberId, UserIndex>(*text, environment)};
    }
    if (names(comparison.attribute, "userName")) {
        return Choice<UserIndex>{ByUserName{fold_user_name(*text)}};
    }
    if (names(comparison.attribute, "externalId")) {
        return Choice<UserIndex>{ByExternalId{std::string(*text)}};
    }
    if (names(comparison.attribute, "emails", "value")) {
        return Choice<UserIndex>{ByEmail{fold(*text), std::nullopt}};
    }
    if (names(comparison.attribute, "displayName")) {
        return Choice<UserIndex>{ByDisplayName{fold(*text)}};
    }
    if (names(comparison.attribute, "groups", "value")) {
        return Choice<UserIndex>{by_group(*text, environment)};
    }
    return std::nullopt;
}

UserChoice choose(ValueFilter const& filter, Environment environment, UserIndex const&) {
    auto const tests = tests_of(filter);
    if (!tests.value) return std::nullopt;
    if (names(filter.attribute, "groups")) {
        return Choice<UserIndex>{by_group(*tests.value, environment),
                                 tests.complete && !tests.type};
    }
    if (!names(filter.attribute, "emails")) return std::nullopt;
    std::optional<std::string> type;
    if (tests.type) type = fold(*tests.type);
    return Choice<UserIndex>{ByEmail{fold(*tests.value), std::move(type)}, tests.complete};
}

GroupIndex by_member(std::string_view text, Environment environment) {
    auto const member = parse_member_ref(text, environment);
    if (!member) return Nothing{};
    return ByMember{*member};
}

GroupChoice choose(Comparison const& comparison, Environment environment, GroupIndex const&) {
    auto const text = wanted(comparison);
    if (!text) return std::nullopt;
    if (names(comparison.attribute, "id")) {
        return Choice<GroupIndex>{by_id<GroupId, GroupIndex>(*text, environment)};
    }
    if (names(comparison.attribute, "displayName")) {
        return Choice<GroupIndex>{ByDisplayName{fold(*text)}};
    }
    if (names(comparison.attribute, "externalId")) {
        return Choice<GroupIndex>{ByExternalId{std::string(*text)}};
    }
    if (names(comparison.attribute, "members", "value")) {
        return Choice<GroupIndex>{by_member(*text, environment)};
    }
    return std::nullopt;
}

GroupChoice choose(ValueFilter const& filter, Environment environment, GroupIndex const&) {
    if (!names(filter.attribute, "members")) return std::nullopt;
    auto const tests = tests_of(filter);
    if (!tests.value) return std::nullopt;
    return Choice<GroupIndex>{by_member(*tests.value, environment), tests.complete && !tests.type};
}

template <class Index>
std::optional<Choice<Index>> choose(Filter const& conjunct, Environment environment) {
    if (auto const* comparison = std::get_if<Comparison>(&conjunct.node)) {
        return choose(*comparison, environment, Index{});
    }
    if (auto const* value = std::get_if<ValueFilter>(&conjunct.node)) {
        return choose(*value, environment, Index{});
    }
    return std::nullopt;
}

/// The instants from which `meta.lastModified`, as it is shown, satisfies a comparison. Shown are
/// whole milliseconds, kept are microseconds.
std::optional<ByLastModified> changed_range(Filter const& filter) {
    auto const* comparison = std::get_if<Comparison>(&filter.node);
    if (comparison == nullptr || !names(comparison->attribute, "meta", "lastModified")) {
        return std::nullopt;
    }
    if (!comparison->operand.is_string()) return std::nullopt;
    auto const operand = parse_timestamp(comparison->operand.get_string());
    if (!operand) return std::nullopt;
    using std::chrono::milliseconds;
    Timestamp const at = std::chrono::ceil<milliseconds>(*operand);
    Timestamp const behind = std::chrono::floor<milliseconds>(*operand) + milliseconds{1};
    switch (comparison->op) {
        case Operator::gt:
            return ByLastModified{behind, Timestamp::max()};
        case Operator::ge:
            return ByLastModified{at, Timestamp::max()};
        case Operator::lt:
            return ByLastModified{Timestamp::min(), at};
        case Operator::le:
            return ByLastModified{Timestamp::min(), behind};
        case Operator::eq:
            return ByLastModified{at, behind};
        default:
            return std::nullopt;
    }
}

/// Takes the comparisons with the last change out of `conjuncts`, as one range.
template <class Index>
std::optional<Index> take_changed(std::vector<FilterPtr>& conjuncts) {
    ByLastModified whole{Timestamp::min(), Timestamp::max()};
    auto const taken = std::erase_if(conjuncts, [&](FilterPtr const& conjunct) {
        auto const range = changed_range(*conjunct);
        if (!range) return false;
        whole = {std::max(whole.from, range->from), std::min(whole.until, range->until)};
        return true;
    });
    if (taken == 0) return std::nullopt;
    if (whole.from >= whole.until) return Nothing{};
    return whole;
}

/// Takes the first membership that an index answers completely.
std::optional<MemberRef> take_member(std::vector<FilterPtr>& conjuncts, Environment environment) {
    for (auto at = conjuncts.begin(); at != conjuncts.end(); ++at) {
        auto const choice = choose<GroupIndex>(**at, environment);
        auto const* by = choice && choice->exact ? std::get_if<ByMember>(&choice->index) : nullptr;
        if (by == nullptr) continue;
        conjuncts.erase(at);
        return by->member;
    }
    return std::nullopt;
}

template <class Index>
struct Split {
    Index index;
    std::vector<FilterPtr> rest{};
};

template <class Index>
Split<Index> split(FilterPtr const& filter, Environment environment, TypeFacts const& facts) {
    if (facts.constant_of(*filter) == false) return {Nothing{}};
    std::vector<FilterPtr> conjuncts;
    collect_conjuncts(filter, facts, conjuncts);

    std::optional<Choice<Index>> best;
    auto best_at = conjuncts.end();
    for (auto at = conjuncts.begin(); at != conjuncts.end(); ++at) {
        auto choice = choose<Index>(**at, environment);
        if (!choice) continue;
        if (std::holds_alternative<Nothing>(choice->index)) return {Nothing{}};
        // The more selective an index, the earlier it comes in the variant.
        if (best && best->index.index() <= choice->index.index()) continue;
        best = std::move(choice);
        best_at = at;
    }
    if (!best) {
        auto const changed = take_changed<Index>(conjuncts);
        return {changed.value_or(std::monostate{}), std::move(conjuncts)};
    }
    if (best->exact) conjuncts.erase(best_at);
    return {std::move(best->index), std::move(conjuncts)};
}

}  // namespace

UserFilterPlan plan_user_filter(FilterPtr const& filter, Environment environment) {
    auto parts = split<UserIndex>(filter, environment, TypeFacts("User"));
    auto rest = conjunction(std::move(parts.rest));
    auto const groups = rest && mentions(*rest, "groups");
    return {std::move(parts.index), std::move(rest), groups};
}

GroupFilterPlan plan_group_filter(FilterPtr const& filter, Environment environment) {
    auto parts = split<GroupIndex>(filter, environment, TypeFacts("Group"));
    auto const member = take_member(parts.rest, environment);
    auto rest = conjunction(std::move(parts.rest));
    auto const members = rest && mentions(*rest, "members");
    return {std::move(parts.index), member, std::move(rest), members};
}

bool mentions(Filter const& filter, std::string_view attribute) {
    auto const names_it = [&](AttributeName const& name) {
        return name.ref && name.ref->extension == nullptr && name.ref->attribute != nullptr &&
               name.ref->attribute->name == attribute;
    };
    auto const any = [&](std::vector<FilterPtr> const& operands) {
        return std::ranges::any_of(
            operands, [&](FilterPtr const& operand) { return mentions(*operand, attribute); });
    };
    return std::visit(
        Overloaded{[&](Comparison const& comparison) { return names_it(comparison.attribute); },
                   [&](ValueFilter const& value) { return names_it(value.attribute); },
                   [&](Not const& negation) { return mentions(*negation.operand, attribute); },
                   [&](And const& all) { return any(all.operands); },
                   [&](Or const& some) { return any(some.operands); }},
        filter.node);
}

}  // namespace rollcall::directory
