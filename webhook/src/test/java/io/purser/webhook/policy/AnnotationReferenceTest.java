package io.purser.webhook.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the reference page, and that nothing of the peer's is missing from it. */
class AnnotationReferenceTest {

    private static final Path PAGE = Path.of("../deploy/docs/annotations.md");

    @Test
    void thePageIsWhatTheCodeSays() throws IOException {
        if (System.getProperty("golden.update") != null) {
            Files.writeString(PAGE, AnnotationReference.markdown());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(AnnotationReference.markdown());
    }

    @Test
    void everyAnnotationIsDescribed() {
        assertThat(AnnotationReference.entries())
                .extracting(AnnotationReference.Entry::annotation)
                .containsExactly(Annotation.values());
        assertThat(AnnotationReference.entries())
                .allMatch(entry -> !entry.meaning().isBlank());
    }

    @Test
    void everyAnnotationOfThePeerIsKnown() throws IOException {
        List<String> names;
        try (InputStream in = AnnotationReferenceTest.class.getResourceAsStream("peer-annotations.txt")) {
            names = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(names).hasSizeGreaterThan(60);
        for (String name : names) {
            AnnotationSet annotations = new AnnotationSet(Map.of("vault.hashicorp.com/" + name, "x"));
            assertThat(annotations.unknown()).as(name).isEmpty();
        }
    }

    @Test
    void theNearestNameIsGuessed() {
        assertThat(new AnnotationSet(Map.of("vault.hashicorp.com/agent-inject-secrets-db", "x")).unknown())
                .containsExactly("annotation vault.hashicorp.com/agent-inject-secrets-db is not known,"
                        + " perhaps vault.hashicorp.com/agent-inject-secret-NAME is meant");
        assertThat(new AnnotationSet(Map.of("example.com/whatever", "x")).unknown())
                .isEmpty();
    }
}
