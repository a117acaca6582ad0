package scimple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.directory.scim.core.json.ObjectMapperFactory;
import org.apache.directory.scim.core.schema.SchemaRegistry;
import org.apache.directory.scim.spec.extension.EnterpriseExtension;
import org.apache.directory.scim.spec.resources.ScimGroup;
import org.apache.directory.scim.spec.resources.ScimUser;

/** The connection under test: bodies are written by SCIMple, or are text that a test gives as it is. */
final class Server {
    static final String MEDIA_TYPE = "application/scim+json";
    static final SchemaRegistry REGISTRY = registry();
    static final ObjectMapper MAPPER = ObjectMapperFactory.createObjectMapper(REGISTRY);

    private static final String URL = System.getenv("SCIM_URL");
    private static final String TOKEN = System.getenv("SCIM_TOKEN");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Server() {}

    private static SchemaRegistry registry() {
        var registry = new SchemaRegistry();
        registry.addSchema(ScimUser.class, List.of(EnterpriseExtension.class));
        registry.addSchema(ScimGroup.class, List.of());
        return registry;
    }

    static Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    static Answer find(String path, String filter) {
        return get(path + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    }

    static Answer post(String path, Object body) {
        return send("POST", path, written(body));
    }

    static Answer put(String path, Object body) {
        return send("PUT", path, written(body));
    }

    static Answer patch(String path, Object body) {
        return send("PATCH", path, written(body));
    }

    static Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    private static BodyPublisher written(Object body) {
        try {
            return BodyPublishers.ofString(body instanceof String text ? text : MAPPER.writeValueAsString(body));
        } catch (JsonProcessingException error) {
            throw new IllegalArgumentException(error);
        }
    }

    private static Answer send(String method, String path, BodyPublisher body) {
        var request = HttpRequest.newBuilder(URI.create(URL + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Accept", MEDIA_TYPE)
                .header("Content-Type", MEDIA_TYPE)
                .method(method, body)
                .build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(method + " " + path, response.statusCode(), response.headers(), response.body());
        } catch (IOException error) {
            throw new IllegalStateException(error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(error);
        }
    }
}
