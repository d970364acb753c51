package io.purser.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the outer limits of the house rules on every source file of the product. */
class SourceRulesTest {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("agent", "webhook", "certs", "deploy/local");

    @Test
    void everySourceFileKeepsTheRules() throws IOException {
        List<String> breaches = new ArrayList<>();
        for (Path file : sources()) {
            breaches.addAll(SourceRules.breaches(name(file), Files.readString(file)));
        }
        assertThat(breaches).isEmpty();
    }

    @Test
    void everyPackageSaysItsJob() throws IOException {
        Set<Path> packages = sources().stream().map(Path::getParent).collect(Collectors.toSet());
        assertThat(packages).allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                .content()
                .as(name(folder))
                .containsPattern("/\\*\\*\\s+(\\* )?\\w[^.]+\\."));
    }

    @Test
    void aLongFileIsSeen() throws IOException {
        assertThat(SourceRules.breaches("agent/Long.java", "\n".repeat(401))).hasSize(1);
        assertThat(SourceRules.breaches("agent/Short.java", "\n".repeat(400))).isEmpty();
    }

    @Test
    void aLongMethodIsSeen() throws IOException {
        String method = "class A { void a() {" + "\n".repeat(60) + "} }";
        assertThat(SourceRules.breaches("agent/A.java", method))
                .singleElement()
                .asString()
                .contains("a has 61 lines");
    }

    @Test
    void catchingEverythingIsSeen() throws IOException {
        String text = "class A { void a() { try { b(); } catch (Exception e) { } } }";
        assertThat(SourceRules.breaches("agent/volume/A.java", text)).hasSize(1);
        assertThat(SourceRules.breaches("agent/run/Main.java", text)).isEmpty();
    }

    @Test
    void anUnmarkedPackageIsSeen() throws IOException {
        assertThat(SourceRules.breaches("agent/package-info.java", "package agent;"))
                .hasSize(1);
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(REPOSITORY.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    private static String name(Path file) {
        return REPOSITORY.relativize(file).toString().replace('\\', '/');
    }
}
