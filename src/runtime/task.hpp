// Task<T>: what every coroutine of the code base returns.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace rollcall {

/// A coroutine. Parameters are values or references to objects that outlive the request.
template <class T>
using Task = boost::asio::awaitable<T>;

}  // namespace rollcall
