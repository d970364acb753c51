package io.purser.agent.config;

import java.time.Duration;

/** The values that are left out on the wire. */
final class ConfigDefaults {

    static final String STORE_KIND = "vault";
    static final Duration STORE_TIMEOUT = Duration.ofSeconds(60);
    static final int STORE_RETRIES = 2;

    static final String AUTH_METHOD = "kubernetes";
    static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
    static final Duration MAX_BACKOFF = Duration.ofMinutes(5);

    static final String FILE_MODE = "0644";
    static final String FORMAT = "json";

    static final RefreshConfig REFRESH = new RefreshConfig(Duration.ofMinutes(5), null, null, true);
    static final LifecycleConfig LIFECYCLE =
            new LifecycleConfig(Duration.ofMinutes(5), true, Duration.ZERO, Duration.ofSeconds(30), true);
    static final String USE_AUTO_AUTH_TOKEN = "true";

    private ConfigDefaults() {}
}
