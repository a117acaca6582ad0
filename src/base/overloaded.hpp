// A visitor of a variant, written as one function for each alternative.
#pragma once

namespace rollcall {

/// std::visit(Overloaded{[](A const& a) {…}, [](B const& b) {…}}, variant): an alternative without
/// its function does not compile.
template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};

}  // namespace rollcall
