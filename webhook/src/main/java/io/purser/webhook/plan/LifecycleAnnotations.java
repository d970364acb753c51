package io.purser.webhook.plan;

import io.purser.agent.config.LifecycleConfig;
import io.purser.agent.config.LogConfig;
import io.purser.agent.config.RefreshConfig;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.policy.Values;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads how long things last, when they are done again, and what is said about them. */
final class LifecycleAnnotations {

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration OVERLAP = Duration.ofSeconds(30);
    private static final Duration PEER_GRACE = Duration.ofSeconds(5);
    private static final Duration DEFAULT_TERMINATION = Duration.ofSeconds(30);

    private LifecycleAnnotations() {}

    static LifecycleConfig lifecycle(PodRequest request, Shape shape) {
        Settings.Lifecycle settings = request.settings().lifecycle();
        Boolean configured = settings.revokeOnShutdown();
        boolean revoke = request.bool(
                Annotation.REVOKE_ON_SHUTDOWN, configured == null ? !request.peer() : configured.booleanValue());
        Duration grace = grace(request, shape);
        Duration termination = request.pod().terminationGrace();
        if (revoke
                && shape.sidecar()
                && grace.compareTo(termination == null ? DEFAULT_TERMINATION : termination) >= 0) {
            request.warning("annotation " + request.nameOf(Annotation.REVOKE_GRACE) + ": the pod is killed before the "
                    + grace.toSeconds() + " s are over, so that nothing is revoked; "
                    + "give less, or a longer terminationGracePeriodSeconds");
        }
        Duration deadline = request.duration(Annotation.INIT_DEADLINE, settings.initDeadline());
        Duration overlap = request.duration(Annotation.LEASE_OVERLAP, OVERLAP);
        return new LifecycleConfig(
                deadline == null ? settings.initDeadline() : deadline,
                revoke,
                grace,
                overlap == null ? Duration.ZERO : overlap,
                shape.sidecar());
    }

    /** The peer takes whole seconds only; under {@code purser.io} a duration is right too. */
    private static Duration grace(PodRequest request, Shape shape) {
        Duration fallback = shape.isNative() ? Duration.ZERO : PEER_GRACE;
        Setting setting = request.setting(Annotation.REVOKE_GRACE);
        if (setting == null) {
            return fallback;
        }
        boolean signed = setting.value().startsWith("+") || setting.value().startsWith("-");
        Long seconds = signed ? null : Values.integer(setting.value());
        if (seconds != null) {
            return Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE));
        }
        Duration duration = setting.domain().isPeer() ? null : Values.duration(setting.value());
        if (duration == null || duration.isNegative()) {
            request.violation(
                    setting,
                    PodRequest.quoted(setting) + " is no number of seconds",
                    "give a whole number of seconds such as 5, without a unit");
            return fallback;
        }
        return duration;
    }

    static RefreshConfig refresh(PodRequest request, @Nullable String refreshFile) {
        Settings.Rendering settings = request.settings().rendering();
        Duration interval = request.durationOrSeconds(Annotation.REFRESH_INTERVAL, settings.refreshInterval());
        return new RefreshConfig(
                interval == null ? INTERVAL : interval,
                request.share(Annotation.LEASE_THRESHOLD, settings.leaseRenewalThreshold()),
                refreshFile,
                // A deadline that the pod asks for by name is kept in any case.
                request.bool(Annotation.EXIT_ON_RETRY_FAILURE, settings.exitOnRetryFailure())
                        || request.setting(Annotation.INIT_DEADLINE) != null);
    }

    static LogConfig log(PodRequest request) {
        Settings.Lifecycle settings = request.settings().lifecycle();
        return new LogConfig(level(request, settings.logLevel()), format(request, settings.logFormat()));
    }

    private static String level(PodRequest request, String fallback) {
        String text = request.textOrNull(Annotation.LOG_LEVEL);
        if (text == null) {
            return fallback;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "trace" -> "trace";
            case "debug" -> "debug";
            case "info", "notice" -> "info";
            case "warn", "warning" -> "warn";
            case "error", "err" -> "error";
            default -> {
                request.violation(
                        Annotation.LOG_LEVEL,
                        PodRequest.quoted(text) + " is no log level",
                        "give trace, debug, info, warn or error");
                yield fallback;
            }
        };
    }

    private static String format(PodRequest request, String fallback) {
        String text = request.textOrNull(Annotation.LOG_FORMAT);
        if (text == null) {
            return fallback;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "text", "standard" -> "text";
            case "json" -> "json";
            default -> {
                request.violation(
                        Annotation.LOG_FORMAT,
                        PodRequest.quoted(text) + " is no log format",
                        "give " + (request.peer() ? "standard" : "text") + " or json");
                yield fallback;
            }
        };
    }
}
