package story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.b2b.models.organizations.CreateRequest;
import com.stytch.java.b2b.models.scim.SCIMConnectionWithToken;
import com.stytch.java.b2b.models.scim.SCIMGroup;
import com.stytch.java.b2b.models.scimconnection.CreateRequestIdentityProvider;
import com.stytch.java.b2b.models.sessions.AttestRequest;
import com.stytch.java.b2b.models.sessions.AttestResponse;
import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchException;
import com.stytch.java.common.StytchResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What every test of the story starts from: a client, the world around it, a success and a refusal. */
final class Surroundings {
    static final String SERVER = System.getenv("STORY_SERVER");
    static final String PROJECT_ID = System.getenv("STORY_PROJECT_ID");
    static final String SECRET = System.getenv("STORY_SECRET");
    static final String PROFILE_ID = System.getenv("STORY_PROFILE_ID");

    private static final String WORLD = System.getenv("STORY_WORLD");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Gson GSON = new Gson();

    private Surroundings() {}

    static StytchB2BClient client() {
        return client(SECRET);
    }

    static StytchB2BClient client(String secret) {
        return new StytchB2BClient(PROJECT_ID, secret, new OptionalClientConfig(SERVER));
    }

    /** An organization with a connection: ids for calls, and what the provider is given. */
    record Connected(String organizationId, String connectionId, String baseUrl, String bearerToken) {
        static Connected create(StytchB2BClient client) {
            return create(client, CreateRequestIdentityProvider.OKTA);
        }

        static Connected create(StytchB2BClient client, CreateRequestIdentityProvider provider) {
            var organization = succeeds(client.getOrganizations().createCompletable(new CreateRequest("Acme")));
            SCIMConnectionWithToken connection = succeeds(client.getScim().getConnection().createCompletable(
                    new com.stytch.java.b2b.models.scimconnection.CreateRequest(
                            organization.getOrganization().getOrganizationId(), "Acme's Okta", provider),
                    null)).getConnection();
            return new Connected(connection.getOrganizationId(), connection.getConnectionId(),
                    connection.getBaseURL(), connection.getBearerToken());
        }

        List<Boolean> works(String... tokens) {
            return List.of(tokens).stream()
                    .map(token -> askWorld("probe", Map.of("base_url", baseUrl, "bearer_token", token))
                            .get("status").getAsInt() == 200)
                    .toList();
        }

        Directory push() {
            var answer = askWorld("push", Map.of("base_url", baseUrl, "bearer_token", bearerToken));
            return new Directory(
                    objects(answer, "users").map(Person::of).toList(),
                    objects(answer, "groups").map(this::group).toList());
        }

        void leave(Person person) {
            askWorld("leave", Map.of("base_url", baseUrl, "bearer_token", bearerToken, "id", person.id()));
        }

        private SCIMGroup group(JsonObject pushed) {
            return new SCIMGroup(pushed.get("id").getAsString(), pushed.get("name").getAsString(),
                    organizationId, connectionId);
        }
    }

    /** What the provider pushed, in its order; groups as the client has them. */
    record Directory(List<Person> users, List<SCIMGroup> groups) {}

    record Person(String id, String name, String emailAddress) {
        static Person of(JsonObject pushed) {
            return new Person(pushed.get("id").getAsString(), pushed.get("name").getAsString(),
                    pushed.get("email_address").getAsString());
        }
    }

    private static Stream<JsonObject> objects(JsonObject answer, String name) {
        return answer.getAsJsonArray(name).asList().stream().map(JsonElement::getAsJsonObject);
    }

    /** A session of a member, as their login page would start it. */
    static CompletableFuture<StytchResult<AttestResponse>> attest(
            StytchB2BClient client, String organizationId, String emailAddress) {
        var token = askWorld("token", Map.of("email_address", emailAddress)).get("token").getAsString();
        return client.getSessions().attestCompletable(new AttestRequest(PROFILE_ID, token, organizationId));
    }

    static JsonObject askWorld(String call, Map<String, ?> fields) {
        var request = HttpRequest.newBuilder(URI.create(WORLD + "/" + call))
                .POST(HttpRequest.BodyPublishers.ofString(GSON.toJson(fields))).build();
        try {
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            return GSON.fromJson(answer.body(), JsonObject.class);
        } catch (IOException | InterruptedException error) {
            throw new AssertionError(call, error);
        }
    }

    static <T> T succeeds(CompletableFuture<StytchResult<T>> call) {
        var result = call.join();
        if (result instanceof StytchResult.Success<T> success) return success.getValue();
        throw new AssertionError(((StytchResult.Error) result).getException());
    }

    static <T> void refused(int status, String errorType, CompletableFuture<StytchResult<T>> call) {
        var error = assertInstanceOf(StytchResult.Error.class, call.join());
        var reason = assertInstanceOf(StytchException.Response.class, error.getException()).getReason();
        assertEquals(errorType, reason.getErrorType(), reason.getErrorMessage());
        assertEquals(status, reason.getStatusCode());
        assertEquals(SERVER + "/docs/errors#" + errorType, reason.getErrorUrl());
        assertTrue(reason.getRequestId().startsWith("request-id-test-"), reason.getRequestId());
        assertFalse(reason.getErrorMessage().isEmpty());
    }
}
