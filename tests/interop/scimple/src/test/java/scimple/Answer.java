package scimple;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.List;
import org.apache.directory.scim.protocol.data.ErrorResponse;
import org.apache.directory.scim.protocol.data.ListResponse;

/** What the server said to `request`, to be read as JSON or as a type of SCIMple. */
record Answer(String request, int status, HttpHeaders headers, String text) {
    /** Holds if the status is this one and a body, where there is one, has the media type and nothing beside it. */
    Answer expect(int expected) {
        assertEquals(expected, status, () -> request + ": " + text);
        var mediaTypes = text.isEmpty() ? List.of() : List.of(Server.MEDIA_TYPE);
        assertEquals(mediaTypes, headers.allValues("Content-Type"), request);
        return this;
    }

    /** Holds if Location names the resource of this id at the endpoint. */
    Answer expectLocation(String endpoint, String id) {
        String location = headers.firstValue("Location").orElse("");
        assertTrue(location.endsWith(endpoint + "/" + id), () -> request + ": Location is '" + location + "'");
        return this;
    }

    /** Holds if SCIMple reads an error of this status with a detail. */
    void expectError(int expected) {
        expect(expected);
        var error = as(ErrorResponse.class);
        assertEquals(expected, error.getStatus().getStatusCode(), request);
        assertTrue(error.getSchemas().contains(ErrorResponse.SCHEMA_URI), request);
        assertFalse(error.getDetail().isEmpty(), request);
    }

    JsonNode json() {
        return as(JsonNode.class);
    }

    <T> T as(Class<T> type) {
        try {
            return Server.MAPPER.readValue(text, type);
        } catch (JsonProcessingException error) {
            throw new AssertionError(request + ": SCIMple cannot read " + text, error);
        }
    }

    /** A page of `type`, which must say where it begins and how long it is. */
    <T> ListResponse<T> asListOf(Class<T> type) {
        var javaType = Server.MAPPER.getTypeFactory().constructParametricType(ListResponse.class, type);
        try {
            ListResponse<T> page = Server.MAPPER.readValue(text, javaType);
            assertTrue(page.getSchemas().contains(ListResponse.SCHEMA_URI), request);
            for (String member : List.of("totalResults", "startIndex", "itemsPerPage")) {
                assertTrue(json().path(member).isIntegralNumber(), () -> request + ": " + member + " in " + text);
            }
            return page;
        } catch (JsonProcessingException error) {
            throw new AssertionError(request + ": SCIMple cannot read " + text, error);
        }
    }
}
