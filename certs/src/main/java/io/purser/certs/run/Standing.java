package io.purser.certs.run;

import io.purser.certs.rotation.TrustState;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How things stand after a round, for metrics and probes.
 *
 * @param state the authorities as last read; null before the first time
 * @param leaf the certificate on the volume; null before the first
 * @param writer whether this replica writes
 * @param lastSuccess when the cluster was last read; null before the first time
 * @param failedRounds how many rounds have failed since the start
 */
record Standing(
        @Nullable TrustState state,
        @Nullable X509Certificate leaf,
        boolean writer,
        @Nullable Instant lastSuccess,
        long failedRounds) {}
