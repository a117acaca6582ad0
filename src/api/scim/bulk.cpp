// /Bulk (RFC 7644 §3.7). Each operation becomes a request of its own and takes the way of every
// other, so that nothing is judged or done differently here (checklist B-17).
#include "scim/bulk.hpp"

#include "api/scim/perform.hpp"
#include "api/scim/response.hpp"
#include "base/text.hpp"
#include "runtime/yield.hpp"
#include "scim/notes.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace rollcall::api::scim_api {
namespace {

using service::ConnectionCaller;

/// Nobody sees the resources themselves, so they are not read back.
constexpr std::string_view shortest_answer = "attributes=id";

http::Method to_http(scim::BulkMethod method) noexcept {
    switch (method) {
        case scim::BulkMethod::post:
            return http::Method::post;
        case scim::BulkMethod::put:
            return http::Method::put;
        case scim::BulkMethod::patch:
            return http::Method::patch;
        case scim::BulkMethod::delete_:
            return http::Method::delete_;
    }
    return http::Method::other;
}

std::string header_of(http::Response const& response, std::string_view name) {
    for (auto const& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

/// Only resources change in bulk: neither another bulk request nor a search (checklist B-14).
Status check_target(Target const& target) {
    auto const is_resource = target.shape == Shape::collection || target.shape == Shape::item;
    if (is_resource && !is_bulk(target)) return {};
    return fail({ErrorCode::invalid_value, "path: must name a resource type or a resource"});
}

bool succeeded(unsigned status) noexcept {
    return status >= 200 && status < 300;
}

/// What has become of an operation; status 0 as long as it was not reached.
struct Outcome {
    scim::BulkMethod method = scim::BulkMethod::post;
    std::string bulk_id;
    unsigned status = 0;
    std::string version;
    std::string location;
    std::string error_body;
    bool complete = true;  ///< false: created, but a part of it is still to come
};

void append_member(std::string& out, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    fmt::format_to(std::back_inserter(out), R"("{}":")", name);
    append_json_escaped(out, text);
    out += "\",";
}

void append_json(std::string& out, Outcome const& outcome) {
    out += '{';
    append_member(out, "method", to_string(outcome.method));
    append_member(out, "bulkId", outcome.bulk_id);
    append_member(out, "version", outcome.version);
    append_member(out, "location", outcome.location);
    if (!outcome.error_body.empty()) {
        out += R"("response":)";
        out += outcome.error_body;
        out += ',';
    }
    // A string, not an object as in one figure (EID 7916; checklist B-06).
    fmt::format_to(std::back_inserter(out), R"("status":"{}"}})", outcome.status);
}

/// One bulk request on its way; lives in the handler's frame.
class BulkRun {
public:
    BulkRun(Services const& services, ConnectionCaller caller, Call& call,
            std::vector<scim::BulkOperation> const& operations)
        : services_(services), caller_(std::move(caller)), call_(call) {
        outcomes_.reserve(operations.size());
        for (auto const& operation : operations) {
            Outcome outcome;
            outcome.method = operation.method;
            outcome.bulk_id = operation.bulk_id;
            outcomes_.push_back(std::move(outcome));
        }
    }

    Task<void> run(scim::BulkStep step) {
        auto& outcome = outcomes_[step.operation];
        // The creation that this step completes has failed.
        if (outcome.status != 0 && !succeeded(outcome.status)) co_return;
        Context context;
        context.request_id = call_.context.request_id;
        context.received_at = call_.context.received_at;
        auto answered = co_await answer(step.request, context);
        if (outcome.status == 0) {
            record(outcome, step, answered ? *answered : error_response(answered.error(), context));
        } else if (answered && succeeded(answered->status)) {
            outcome.version = header_of(*answered, "ETag");
            outcome.complete = true;
        } else {
            auto const why =
                answered ? Error(ErrorCode::conflict, context.error) : std::move(answered).error();
            fail_completion(outcome, why, context);
        }
        for (auto const& note : context.notes) add_note(step.operation, note);
        if (!succeeded(outcome.status)) add_failure(step.operation, context);
    }

    [[nodiscard]] std::size_t failures() const noexcept { return failures_; }

    /// What was created only in part, since the request ended early, did not succeed.
    void give_up_incomplete() {
        for (std::size_t i = 0; i < outcomes_.size(); ++i) {
            if (outcomes_[i].complete) continue;
            Context context;
            fail_completion(outcomes_[i],
                            {ErrorCode::conflict, "failOnErrors: the request ended before that"},
                            context);
            add_failure(i, context);
        }
    }

    /// Checklist B-07: the answer does not have the operations that were not reached.
    void note_untried() {
        auto const is_untried = [](Outcome const& outcome) { return outcome.status == 0; };
        auto const first = std::ranges::find_if(outcomes_, is_untried);
        if (first == outcomes_.end()) return;
        scim::add_note(
            call_.context.notes, "failOnErrors",
            fmt::format("{} operations were not tried, the first of them Operations[{}]",
                        std::ranges::count_if(outcomes_, is_untried), first - outcomes_.begin()));
    }

    /// The BulkResponse: operations that were reached, in the order of the request.
    [[nodiscard]] std::string body() const {
        std::string body =
            R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],"Operations":[)";
        for (auto const& outcome : outcomes_) {
            if (outcome.status == 0) continue;
            if (body.back() != '[') body += ',';
            append_json(body, outcome);
        }
        body += "]}";
        return body;
    }

private:
    Task<Result<http::Response>> answer(scim::BulkOperation& operation, Context& context) {
        CO_CHECK(scim::resolve_references(operation, ids_));
        auto const path = connection_path(caller_.key.id()) + operation.path;
        http::Request request;
        request.method = to_http(operation.method);
        request.method_text = to_string(operation.method);
        request.target = request.path = path;
        request.query = shortest_answer;
        if (!operation.version.empty()) {
            request.headers.push_back({"If-Match", operation.version});
        }
        if (operation.method != scim::BulkMethod::delete_) {
            request.body = boost::json::serialize(operation.data);
        }
        auto target = parse_target(path);
        CO_CHECK(check_target(target));
        auto match = find_route(target, request.method);
        Errand errand{request, std::move(target), std::move(match), call_.base};
        co_return co_await perform(services_, caller_, std::move(errand), context);
    }

    void record(Outcome& outcome, scim::BulkStep const& step, http::Response const& response) {
        outcome.status = response.status;
        outcome.version = header_of(response, "ETag");
        outcome.location = header_of(response, "Location");
        if (outcome.location.empty() && outcome.method != scim::BulkMethod::post) {
            outcome.location = call_.base + step.request.path;
        }
        if (!succeeded(response.status)) {
            outcome.error_body = response.body;
            return;
        }
        outcome.complete = step.completes;
        if (outcome.method == scim::BulkMethod::post && !outcome.bulk_id.empty()) {
            auto const id = outcome.location.rfind('/') + 1;
            ids_.insert_or_assign(outcome.bulk_id, outcome.location.substr(id));
        }
    }

    /// The resource is there and keeps its location, but it is not what was asked for (B-10).
    static void fail_completion(Outcome& outcome, Error const& why, Context& context) {
        Error const error(ErrorCode::conflict,
                          "the resource was created, but not its references to other operations: " +
                              why.message(),
                          why.cause());
        auto const response = error_response(error, context);
        outcome.status = response.status;
        outcome.error_body = response.body;
        outcome.complete = true;
    }

    void add_failure(std::size_t operation, Context const& context) {
        ++failures_;
        auto const separator = context.scim_type.empty() ? "" : " ";
        add_note(operation,
                 fmt::format("failed with status {}{}{}: {}", outcomes_[operation].status,
                             separator, context.scim_type, context.detail));
        auto& error = call_.context.error;
        if (error.empty()) error = fmt::format("Operations[{}]: {}", operation, context.error);
    }

    void add_note(std::size_t operation, std::string_view note) {
        scim::add_note(call_.context.notes, fmt::format("Operations[{}]", operation), note);
    }

    Services const& services_;
    ConnectionCaller caller_;
    Call& call_;
    std::vector<Outcome> outcomes_;
    scim::BulkIds ids_;
    std::size_t failures_ = 0;
};

}  // namespace

Task<Result<http::Response>> run_bulk(Services const& services, ConnectionCaller caller,
                                      Call& call) {
    CO_TRY(auto json, parse_body(call, services.limits));
    CO_TRY(auto request,
           scim::parse_bulk(std::move(json), call.base, services.limits, call.context.notes));
    BulkRun run(services, caller, call, request.operations);
    for (auto& step : scim::plan_bulk(std::move(request.operations))) {
        if (request.fail_on_errors && run.failures() >= *request.fail_on_errors) break;
        co_await runtime::yield();
        co_await run.run(std::move(step));
    }
    run.give_up_incomplete();
    run.note_untried();
    co_return json_response(200, run.body());
}

}  // namespace rollcall::api::scim_api
