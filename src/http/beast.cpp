// The one translation unit that compiles the non-template code of Boost.Beast and of Asio's TLS.
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
