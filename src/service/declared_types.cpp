// From stored definitions to resource types.
#include "service/declared_types.hpp"

#include "storage/store.hpp"

#include <utility>
#include <vector>

namespace rollcall::service {
namespace {

std::shared_ptr<scim::ResourceTypes const> make_types(directory::ConnectionSchemas stored) {
    if (stored.schemas.empty()) return nullptr;
    std::vector<scim::DeclaredSchema> declared;
    declared.reserve(stored.schemas.size());
    for (auto& schema : stored.schemas) declared.push_back(std::move(schema.declared));
    return std::make_shared<scim::ResourceTypes const>(std::move(declared));
}

/// What an entry weighs: one, and its attributes.
std::size_t weight_of(scim::ResourceTypes const* types) {
    std::size_t weight = 1;
    if (types == nullptr) return weight;
    for (auto const* type : {&types->user(), &types->group()}) {
        for (auto const& extension : type->extensions) {
            if (!extension.declared) continue;
            for (auto const& attribute : extension.schema->attributes) {
                weight += 1 + attribute.sub_attributes.size();
            }
        }
    }
    return weight;
}

}  // namespace

Task<Result<std::shared_ptr<scim::ResourceTypes const>>> DeclaredTypes::get(
    directory::ConnectionKey key, std::uint64_t version) {
    if (version == 0) co_return nullptr;
    auto const& known = kept_.local().entries;
    auto const found = known.find(key.id());
    if (found != known.end() && found->second.version == version) co_return found->second.types;
    CO_TRY(auto stored, co_await store_.list_schemas(key));
    // What was read may be newer than what was asked for, and is kept as what it is.
    auto const read_version = stored.version;
    auto types = make_types(std::move(stored));
    keep(kept_.local(), key.id(), {read_version, types});
    co_return types;
}

void DeclaredTypes::keep(Kept& kept, ConnectionId const& connection, Entry entry) {
    auto const weight = weight_of(entry.types.get());
    if (kept.attributes + weight > attributes_max) kept = {};
    kept.attributes += weight;
    kept.entries.insert_or_assign(connection, std::move(entry));
}

}  // namespace rollcall::service
