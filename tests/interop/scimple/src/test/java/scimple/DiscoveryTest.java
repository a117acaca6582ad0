package scimple;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.directory.scim.spec.schema.ResourceType;
import org.apache.directory.scim.spec.schema.Schema;
import org.apache.directory.scim.spec.schema.ServiceProviderConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SCIMple's compliance tests ask of discovery; a test is named as the one there. */
class DiscoveryTest {
    @Test
    void config() {
        var answer = Server.get("/ServiceProviderConfig").expect(200);

        var config = answer.as(ServiceProviderConfiguration.class);
        assertTrue(config.getSchemas().contains(ServiceProviderConfiguration.SCHEMA_URI));
        for (String feature : List.of("patch", "bulk", "filter", "changePassword", "sort", "etag")) {
            assertTrue(answer.json().path(feature).path("supported").isBoolean(), feature);
        }
        assertTrue(config.getBulk().getMaxOperations() > 0);
        assertTrue(config.getBulk().getMaxPayloadSize() > 0);
        assertTrue(config.getFilter().getMaxResults() > 0);
        for (var scheme : config.getAuthenticationSchemes()) {
            assertEquals(ServiceProviderConfiguration.AuthenticationSchema.Type.OAUTH_BEARER, scheme.getType());
            assertFalse(scheme.getDescription().isEmpty());
        }
        assertFalse(config.getAuthenticationSchemes().isEmpty());
    }

    /** Both tests of this name: resource types, and schemas. */
    @Test
    void resourceTypes() {
        var types = Server.get("/ResourceTypes").expect(200).asListOf(ResourceType.class).getResources();
        var schemas = Server.get("/Schemas").expect(200).asListOf(Schema.class).getResources();

        var announced = schemas.stream().map(Schema::getId).collect(Collectors.toSet());
        assertFalse(types.isEmpty());
        for (ResourceType type : types) {
            assertFalse(type.getName().isEmpty());
            assertTrue(type.getEndpoint().startsWith("/"), type.getEndpoint());
            assertTrue(announced.contains(type.getSchemaUrn()), type.getSchemaUrn());
        }
        for (Schema schema : schemas) {
            assertFalse(schema.getAttributes().isEmpty(), schema.getId());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"})
    void endpointIsReadOnly(String path) {
        Server.post(path, "").expectError(405);
    }
}
