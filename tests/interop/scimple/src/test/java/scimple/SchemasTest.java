package scimple;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.directory.scim.spec.schema.AttributeContainer;
import org.apache.directory.scim.spec.schema.Schema;
import org.apache.directory.scim.spec.schema.Schema.Attribute;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every schema that SCIMple knows, attribute by attribute, against the one that is announced. */
class SchemasTest {
    static final List<Departure> DEPARTURES = Departure.ALL;

    /** Each as `path characteristic: SCIMple's -> announced`. */
    private static List<String> differences;

    @BeforeAll
    static void compare() {
        Map<String, Schema> announced = Server.get("/Schemas").expect(200).asListOf(Schema.class).getResources()
                .stream().collect(Collectors.toMap(Schema::getId, schema -> schema));
        differences = Server.REGISTRY.getAllSchemas().stream()
                .flatMap(known -> differences(known, announced.get(known.getId())).stream())
                .toList();
    }

    private static List<String> differences(Schema known, Schema announced) {
        var theirs = new LinkedHashMap<String, Object>();
        var ours = new LinkedHashMap<String, Object>();
        describe(known.getId() + ":", known, theirs);
        describe(announced.getId() + ":", announced, ours);
        var inEither = new TreeSet<>(theirs.keySet());
        inEither.addAll(ours.keySet());
        return inEither.stream()
                // Of an attribute that one of them lacks, only that is worth telling.
                .filter(key -> key.endsWith(" exists") || (theirs.containsKey(key) && ours.containsKey(key)))
                .filter(key -> !theirs.getOrDefault(key, false).equals(ours.getOrDefault(key, false)))
                .map(key -> key + ": " + theirs.getOrDefault(key, false) + " -> " + ours.getOrDefault(key, false))
                .toList();
    }

    private static void describe(String prefix, AttributeContainer container, Map<String, Object> found) {
        for (Attribute attribute : container.getAttributes()) {
            String path = prefix + attribute.getName();
            found.put(path + " exists", true);
            found.put(path + " type", attribute.getType());
            found.put(path + " multiValued", attribute.isMultiValued());
            found.put(path + " required", attribute.isRequired());
            found.put(path + " caseExact", attribute.isCaseExact());
            found.put(path + " mutability", attribute.getMutability());
            found.put(path + " returned", attribute.getReturned());
            found.put(path + " uniqueness", attribute.getUniqueness());
            if (attribute.getSubAttributes() != null) {
                describe(path + ".", attribute, found);
            }
        }
    }

    @Test
    void everyDifferenceIsADeparture() {
        var unexplained = differences.stream()
                .filter(difference -> Departure.ALL.stream().noneMatch(departure -> departure.explains(difference)))
                .toList();

        assertEquals(List.of(), unexplained);
    }

    @ParameterizedTest
    @FieldSource("DEPARTURES")
    void everyDepartureExplainsSomething(Departure departure) {
        assertTrue(differences.stream().anyMatch(departure::explains), () -> departure + " in " + differences);
    }
}
