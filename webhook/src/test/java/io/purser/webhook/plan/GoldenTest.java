package io.purser.webhook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Pod;
import io.purser.webhook.pod.JsonTree;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.AnnotationSet;
import io.purser.webhook.policy.Option;
import io.purser.webhook.policy.PolicyReader;
import io.purser.webhook.policy.PolicySet;
import io.purser.webhook.policy.Violation;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/**
 * One folder per behaviour: {@code input.yaml} is the pod, {@code settings.properties} the operator's options by flag and
 * {@code policy.yaml} the operator's policies, {@code request.properties} what else the request says where there are any, {@code patched.yaml} the pod afterwards, {@code report.txt} what is said. {@code -Dgolden.update} writes
 * the latter two anew.
 */
class GoldenTest {

    private static final Pattern REASON = Pattern.compile("(?:new Reason|skip|reject)\\(\\s*\"([a-z-]+)\"");
    private static final Path FOLDER = Path.of("src/test/resources/io/purser/webhook/plan/golden");

    static Stream<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void isAsItWas(Path folder) throws IOException {
        Map<?, ?> input = yaml().load(Files.readString(folder.resolve("input.yaml")));
        PatchedPod pod = PatchedPod.of(JsonTree.text(input), admission(folder, input), policies(folder));
        String patched = pod.decision() instanceof Decision.Inject ? yaml().dump(pod.after()) : "unchanged\n";
        compare(folder.resolve("patched.yaml"), patched);
        // A model of the API that is not ours knows every field of it.
        V1Pod.validateJsonElement(JsonParser.parseString(JsonTree.text(pod.after())));
        compare(folder.resolve("report.txt"), report(pod.decision()));
    }

    @Test
    void everyAnnotationHasAFolder() throws IOException {
        Set<Annotation> missing = EnumSet.allOf(Annotation.class);
        for (Path folder : folders().toList()) {
            Map<?, ?> input = yaml().load(Files.readString(folder.resolve("input.yaml")));
            AnnotationSet annotations =
                    new AnnotationSet(PatchedPod.snapshot(JsonTree.text(input)).annotations());
            missing.removeIf(annotation -> annotation.parameter() == Annotation.Parameter.NONE
                    ? annotations.get(annotation) != null
                    : !annotations.parameters(annotation).isEmpty());
        }
        assertThat(missing).isEmpty();
    }

    /** The words of all reasons are read from the source, so that none can be forgotten. */
    @Test
    void everyReasonHasAFolder() throws IOException {
        Set<String> missing = new TreeSet<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/purser/webhook/plan"))) {
            for (Path source : sources.toList()) {
                Matcher word = REASON.matcher(Files.readString(source));
                while (word.find()) {
                    missing.add(word.group(1));
                }
            }
        }
        assertThat(missing).contains("injected", "not-a-creation", "unknown-policy");
        for (Path folder : folders().toList()) {
            missing.remove(Files.readString(folder.resolve("report.txt")).split("[ :]")[1]);
        }
        assertThat(missing).isEmpty();
    }

    private static Admission admission(Path folder, Map<?, ?> input) throws IOException {
        Object namespace = ((Map<?, ?>) input.get("metadata")).get("namespace");
        Properties request = properties(folder.resolve("request.properties"));
        return new Admission(
                namespace == null ? "shop" : namespace.toString(),
                request.getProperty("operation", "CREATE"),
                request.getProperty("subResource", ""),
                false,
                request.getProperty("policy"));
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            properties.load(new StringReader(Files.readString(file)));
        }
        return properties;
    }

    private static PolicySet policies(Path folder) throws IOException {
        Map<Option, String> options = new EnumMap<>(Option.class);
        options.put(Option.STORE_ADDRESS, "https://vault.vault.svc:8200");
        properties(folder.resolve("settings.properties"))
                .forEach((flag, value) -> options.put(
                        Option.valueOf(flag.toString().toUpperCase(Locale.ROOT).replace('-', '_')), value.toString()));
        Path policy = folder.resolve("policy.yaml");
        PolicyReader.Result result =
                PolicyReader.read(Files.exists(policy) ? Files.readString(policy) : "version: 1", options);
        assertThat(result.violations()).isEmpty();
        return result.policies();
    }

    private static String report(Decision decision) {
        StringBuilder report = new StringBuilder();
        report.append(decision.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .append(' ')
                .append(decision.reason().word())
                .append(": ")
                .append(decision.reason().sentence())
                .append('\n');
        if (decision instanceof Decision.Reject reject) {
            for (Violation violation : reject.violations()) {
                report.append("violation ").append(violation).append('\n');
            }
        }
        if (decision instanceof Decision.Inject inject) {
            inject.plan().summary().files().forEach(file -> report.append("file ")
                    .append(file)
                    .append('\n'));
            inject.plan().summary().secrets().forEach(secret -> report.append("secret ")
                    .append(secret)
                    .append('\n'));
        }
        decision.warnings()
                .forEach(warning -> report.append("warning ").append(warning).append('\n'));
        return report.toString();
    }

    private static void compare(Path file, String actual) throws IOException {
        if (System.getProperty("golden.update") != null) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }

    private static Yaml yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(1000);
        options.setSplitLines(false);
        return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options);
    }
}
