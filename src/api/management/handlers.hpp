// The endpoints: typed input in, one use case, the answer's members out.
#pragma once

#include "api/context.hpp"
#include "api/management/api.hpp"
#include "api/management/authenticate.hpp"
#include "api/management/page_cache.hpp"
#include "api/management/routes.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "runtime/task.hpp"
#include "service/connections.hpp"
#include "service/organizations.hpp"
#include "service/per_thread.hpp"
#include "service/schemas.hpp"

#include <memory>
#include <string>

namespace rollcall::api::management {

/// A success: the members of the body's object without braces. status_code and request_id follow.
struct Reply {
    std::string members;
    /// Instead of `members`: all of the body up to the text of the request id.
    std::shared_ptr<std::string const> kept;
};

/// One authenticated request. Lives until its handler has returned.
struct Call {
    http::Request const& request;
    Parameters const& parameters;
    ManagementCaller const& caller;
    Context& context;
};

/// Which connection the path of `call` names, as it was written.
[[nodiscard]] service::ConnectionReference reference_of(Call const& call);

/// Makes the access log say which connection a request was about.
void note_connection(Call const& call, directory::Connection const& connection);

/// The bodies of the endpoints, contract §2.2 to §2.7 and §3.2, §3.3, and those of our own under
/// /v1/rollcall. Thread-safe.
class Handlers {
public:
    Handlers(ManagementServices services, Limits const& limits, std::string const& public_url)
        : organizations_(services.organizations),
          connections_(services.connections),
          request_notes_(services.request_notes),
          schemas_(services.schemas),
          limits_(limits),
          public_url_(public_url),
          pages_([bytes_max = limits.kept_pages_bytes_max] {
              return std::make_unique<PageCache>(bytes_max);
          }) {}

    /// Runs the handler of an endpoint that has a caller.
    Task<Result<Reply>> run(Endpoint endpoint, Call const& call);

private:
    Task<Result<Reply>> create_organization(Call const& call);
    Task<Result<Reply>> get_organization(Call const& call);
    Task<Result<Reply>> update_organization(Call const& call);
    Task<Result<Reply>> delete_organization(Call const& call);

    Task<Result<Reply>> create_connection(Call const& call);
    Task<Result<Reply>> get_connection(Call const& call);
    Task<Result<Reply>> update_connection(Call const& call);
    Task<Result<Reply>> delete_connection(Call const& call);
    Task<Result<Reply>> start_rotation(Call const& call);
    Task<Result<Reply>> complete_rotation(Call const& call);
    Task<Result<Reply>> cancel_rotation(Call const& call);
    Task<Result<Reply>> get_groups(Call const& call);

    Task<Result<Reply>> get_options(Call const& call);
    Task<Result<Reply>> set_options(Call const& call);
    Task<Result<Reply>> get_requests(Call const& call);

    Task<Result<Reply>> list_schemas(Call const& call);
    Task<Result<Reply>> get_schema(Call const& call);
    Task<Result<Reply>> put_schema(Call const& call);
    Task<Result<Reply>> delete_schema(Call const& call);

    Task<Result<service::SchemaOwner>> schema_owner(Call const& call);
    [[nodiscard]] Reply connection_reply(Call const& call, service::ConnectionView const& view);

    service::Organizations& organizations_;
    service::Connections& connections_;
    service::RequestNotes& request_notes_;
    service::Schemas& schemas_;
    Limits const& limits_;
    std::string const& public_url_;
    service::PerThread<PageCache> pages_;
};

/// `members` with braces, status_code and the name of request_id: a body that only lacks the text
/// of the id and its closing quote and brace.
[[nodiscard]] std::string open_body(std::string_view members);

}  // namespace rollcall::api::management
