package scimple;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where SCIMple's schemas differ from those announced, and what settles it: a requirement of
 * docs/conformance.md, or a section of RFC 7643.
 */
record Departure(String what, String settledBy, Pattern differences) {
    static final List<Departure> ALL = List.of(
            of("SCIMple lists the common attributes in every schema", "N-17",
                    ":(id|externalId|meta(\\.\\w+)?) exists: true -> false"),
            of("SCIMple compares ids, references and certificates without case", "RFC 7643 §2.3.6, §2.3.7, §3.1",
                    "(members\\.value|\\$ref|profileUrl|photos\\.value|x509Certificates\\.value)"
                            + " caseExact: false -> true"),
            of("SCIMple has certificates and references as strings", "U-17, RFC 7643 §4.3",
                    "(x509Certificates\\.value type: STRING -> BINARY|manager\\.\\$ref type: STRING -> REFERENCE)"),
            of("SCIMple has values of an enumeration as complex", "RFC 7643 §8.7.1",
                    ":(members|groups)\\.type type: COMPLEX -> STRING"),
            of("SCIMple lets a client write a user's groups and read its password", "RFC 7643 §4.1.2, §7",
                    ":(groups mutability: READ_WRITE -> READ_ONLY|password mutability: READ_WRITE -> WRITE_ONLY)"),
            of("SCIMple gives addresses a display", "RFC 7643 §4.1.2, §8.7.1",
                    ":addresses\\.display exists: true -> false"),
            of("a member's display is kept as it was sent", "R-05",
                    ":members\\.display mutability: READ_ONLY -> IMMUTABLE"),
            of("names of groups are unique", "R-02",
                    "Group:displayName uniqueness: NONE -> SERVER"));

    private static Departure of(String what, String settledBy, String differences) {
        return new Departure(what, settledBy, Pattern.compile(differences + "$"));
    }

    boolean explains(String difference) {
        return differences.matcher(difference).find();
    }

    @Override
    public String toString() {
        return what + " (" + settledBy + ")";
    }
}
