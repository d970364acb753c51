package io.purser.webhook.plan;

import io.purser.agent.config.VaultAgentConfig;
import io.purser.webhook.pod.JsonTree;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Values;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what steers Vault's own agent and not ours: it is checked and kept, so that a person sees what was asked for. */
final class TelemetryAnnotations {

    private static final Set<String> FLAGS = Set.of(
            "disable_hostname",
            "enable_hostname_label",
            "add_lease_metrics_namespace_labels",
            "filter_default",
            "circonus_check_force_metric_activation",
            "stackdriver_debug_logs");
    private static final Set<String> NUMBERS = Set.of("maximum_gauge_cardinality", "num_lease_metrics_buckets");
    private static final Set<String> LISTS = Set.of("prefix_filter", "dogstatsd_tags");
    private static final Set<String> TEXTS = Set.of(
            "usage_gauge_period",
            "lease_metrics_epsilon",
            "statsite_address",
            "statsd_address",
            "circonus_api_token",
            "circonus_api_app",
            "circonus_api_url",
            "circonus_submission_interval",
            "circonus_submission_url",
            "circonus_check_id",
            "circonus_check_instance_id",
            "circonus_check_search_tag",
            "circonus_check_display_name",
            "circonus_check_tags",
            "circonus_broker_id",
            "circonus_broker_select_tag",
            "dogstatsd_addr",
            "prometheus_retention_time",
            "stackdriver_project_id",
            "stackdriver_location",
            "stackdriver_namespace");

    /** What the peer's configuration leaves out. */
    private static final Set<String> UNSET = Set.of("", "null", "false", "0", "[]");

    private static final List<String> PARTS = List.of("auto-auth", "caching", "templating", "proxying");

    private TelemetryAnnotations() {}

    /** Null when the pod asks for nothing of the kind. */
    static @Nullable VaultAgentConfig read(PodRequest request, Shape shape, @Nullable String configDirectory) {
        Map<String, String> telemetry = telemetry(request);
        Long connections = request.number(
                Annotation.MAX_CONNECTIONS, request.settings().store().maxConnectionsPerHost(), PodRequest.Range.COUNT);
        List<String> idle = parts(
                request,
                Annotation.DISABLE_IDLE_CONNECTIONS,
                request.settings().store().disableIdleConnections());
        List<String> keepAlives = parts(
                request,
                Annotation.DISABLE_KEEP_ALIVES,
                request.settings().store().disableKeepAlives());
        boolean persistent = request.bool(Annotation.CACHE_ENABLE, false) && shape.init() && shape.sidecar();
        long most = connections == null ? 0 : connections;
        if (configDirectory == null
                && telemetry.isEmpty()
                && most == 0
                && idle.isEmpty()
                && keepAlives.isEmpty()
                && !persistent) {
            return null;
        }
        boolean exitOnError = persistent && request.bool(Annotation.CACHE_EXIT_ON_ERROR, false);
        return new VaultAgentConfig(configDirectory, telemetry, most, idle, keepAlives, persistent, exitOnError);
    }

    private static List<String> parts(PodRequest request, Annotation annotation, List<String> fallback) {
        Setting setting = request.setting(annotation);
        List<String> parts = setting == null ? fallback : Values.list(setting.value());
        if (setting != null && !PARTS.containsAll(parts)) {
            request.warning("annotation " + setting.annotation()
                    + " names a part that Vault's agent does not have; it has " + String.join(", ", PARTS));
        }
        return parts;
    }

    private static Map<String, String> telemetry(PodRequest request) {
        Map<String, Setting> given = request.annotations().all(Annotation.TELEMETRY);
        Map<String, String> telemetry = new TreeMap<>();
        for (Map.Entry<String, Setting> entry : given.entrySet()) {
            String parameter = entry.getKey().replace('-', '_').toLowerCase(Locale.ROOT);
            if (isKnown(parameter)) {
                String json = json(request, parameter, entry.getValue());
                if (json != null) {
                    telemetry.put(parameter, json);
                }
            } else {
                request.warning("annotation " + entry.getValue().annotation()
                        + " is no telemetry parameter of Vault's agent and is left out");
            }
        }
        if (!given.isEmpty()) {
            request.warning(
                    "the telemetry annotations change nothing: Purser's agent serves its metrics for Prometheus at"
                            + " /metrics of its port, and pushes none");
        }
        return telemetry;
    }

    private static boolean isKnown(String parameter) {
        return FLAGS.contains(parameter)
                || NUMBERS.contains(parameter)
                || LISTS.contains(parameter)
                || TEXTS.contains(parameter);
    }

    /** The value as JSON of the parameter's type; null where it is the same as unset. */
    private static @Nullable String json(PodRequest request, String parameter, Setting setting) {
        String text = setting.value();
        if (UNSET.contains(text)) {
            return null;
        }
        if (FLAGS.contains(parameter)) {
            return text.equals("true") ? text : wrong(request, setting, "true or false");
        }
        if (NUMBERS.contains(parameter)) {
            return Values.integer(text) == null ? wrong(request, setting, "a whole number") : text;
        }
        Object tree = tree(text);
        if (LISTS.contains(parameter)) {
            boolean texts = tree instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            return texts ? text : wrong(request, setting, "a JSON list of texts");
        }
        return tree instanceof String ? text : JsonTree.text(text);
    }

    private static @Nullable Object tree(String text) {
        try {
            return JsonTree.read(text);
        } catch (IOException notJson) {
            return null;
        }
    }

    private static @Nullable String wrong(PodRequest request, Setting setting, String right) {
        request.violation(setting, PodRequest.quoted(setting) + " is not of the parameter's type", "give " + right);
        return null;
    }
}
