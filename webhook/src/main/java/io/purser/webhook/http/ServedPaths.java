package io.purser.webhook.http;

import java.util.Set;

/** The paths under which the webhook answers, besides that of its metrics. */
public final class ServedPaths {

    /** Admission under the first policies; those of another follow a slash. */
    static final String ADMISSION = "/mutate";

    static final String LIVE = "/livez";
    static final String READY = "/readyz";

    /** The peer's path of the readiness. */
    static final String PEER_READY = "/health/ready";

    private static final Set<String> HEALTH = Set.of(LIVE, READY, PEER_READY);

    private ServedPaths() {}

    /** Tells whether something other than the metrics is answered under {@code path}. */
    public static boolean isTaken(String path) {
        return HEALTH.contains(path) || path.equals(ADMISSION) || path.startsWith(ADMISSION + "/");
    }
}
