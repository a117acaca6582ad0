// Short words for tests of the SCIM core: JSON from text, results that must or must not succeed.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/filter.hpp"
#include "scim/patch.hpp"
#include "scim/resource.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace rollcall::scim {

inline Limits const limits;

/// JSON text, plain: no rule of ours applies.
inline boost::json::value json(std::string_view text) {
    return boost::json::parse({text.data(), text.size()});
}

inline boost::json::object object(std::string_view text) {
    return json(text).as_object();
}

/// "" for success, else "<code>: <message>".
template <class T>
std::string failure(Result<T> const& result) {
    if (result) return {};
    return std::string(to_string(result.error().code())) + ": " + result.error().message();
}

/// The code's name, "ok" for success.
template <class T>
std::string_view outcome(Result<T> const& result) {
    return result ? "ok" : to_string(result.error().code());
}

/// Compares JSON and shows both as text when they differ; the order of keys does not matter.
inline testing::AssertionResult equals(boost::json::value const& actual,
                                       std::string_view expected) {
    if (actual == json(expected)) return testing::AssertionSuccess();
    return testing::AssertionFailure()
           << "actual:   " << boost::json::serialize(actual) << "\nexpected: " << expected;
}

}  // namespace rollcall::scim
