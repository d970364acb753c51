package io.purser.local.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboard and alerts ask only for metrics that are exported, and each alert has its page in the operations guide. */
class MonitoringTest {
    private static final Path COMPONENT = Kustomize.FOLDER.resolve("components/monitoring");
    private static final Pattern METRIC = Pattern.compile("purser_[a-z_]+");
    private static final Pattern LITERAL = Pattern.compile("\"(purser_[a-z_]+)\"");

    @Test
    void everyMetricOfTheDashboardIsExported() throws IOException {
        assertThat(metrics(Files.readString(COMPONENT.resolve("purser.json"))))
                .hasSizeGreaterThan(12)
                .isSubsetOf(exported());
    }

    @Test
    void everyMetricOfTheAlertsIsExported() throws IOException {
        assertThat(metrics(Files.readString(COMPONENT.resolve("prometheus-rule.yaml"))))
                .hasSizeGreaterThan(8)
                .isSubsetOf(exported());
    }

    @Test
    void everyAlertIsExplainedInTheOperationsGuide() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "operations.md"));
        Manifests rules = Manifests.parse(Files.readString(COMPONENT.resolve("prometheus-rule.yaml")));

        List<String> alerts = new ArrayList<>();
        for (JsonNode group : rules.only("PrometheusRule").at("/spec/groups")) {
            group.path("rules").forEach(rule -> alerts.add(rule.path("alert").asText()));
        }

        assertThat(alerts).hasSizeGreaterThan(10).allSatisfy(alert -> assertThat(guide)
                .contains("### " + alert + "\n"));
    }

    @Test
    void everyExportedMetricIsExplainedInTheOperationsGuide() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "operations.md"));

        assertThat(exported()).allSatisfy(metric -> assertThat(guide).contains("`" + metric + "`"));
    }

    @Test
    void theDashboardHasNoTwoPanelsInOnePlaceAndNoneWithoutAQuery() throws IOException {
        Set<String> places = new TreeSet<>();
        JsonNode dashboard =
                new ObjectMapper().readTree(COMPONENT.resolve("purser.json").toFile());

        for (JsonNode panel : dashboard.path("panels")) {
            JsonNode place = panel.path("gridPos");
            assertThat(places.add(
                            place.path("x").asInt() + "," + place.path("y").asInt()))
                    .as(panel.path("title").asText())
                    .isTrue();
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("targets")).isNotEmpty();
            }
        }
    }

    @Test
    void theChartHasTheSameDashboard() {
        assertThat(HelmChart.FOLDER.resolve("files/purser.json"))
                .hasSameTextualContentAs(COMPONENT.resolve("purser.json"));
    }

    private static Set<String> metrics(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = METRIC.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    /** The names as Prometheus sees them: a counter's ends in _total, a timer is a histogram in seconds. */
    private static Set<String> exported() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : List.of("agent", "webhook", "certs")) {
            for (Path source : sources(Path.of("..", "..", module, "src", "main", "java"))) {
                String text = Files.readString(source);
                Matcher matcher = LITERAL.matcher(text);
                while (matcher.find()) {
                    String before = text.substring(Math.max(0, matcher.start() - 20), matcher.start());
                    names.addAll(exposed(matcher.group(1), before));
                }
            }
        }
        return names;
    }

    private static List<String> exposed(String name, String before) {
        if (before.endsWith("Counter.builder(")) {
            return List.of(name + "_total");
        }
        if (before.endsWith("Timer.builder(")) {
            return List.of(name + "_seconds_bucket", name + "_seconds_count", name + "_seconds_sum");
        }
        return List.of(name);
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
