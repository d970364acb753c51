package io.purser.agent.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * Vault's own agent in a fleet, by the rules of its sources (consul-template 0.42, OpenBao 2.6): what is static comes again
 * after 85 to 95 % of five minutes; a token and a renewable lease are renewed at once and then after 70 to 73 % of their life;
 * any renewal that fails means new credentials; a request that fails is tried again after 250 ms, doubling to a minute, twelve
 * times, and below that twice more by the client; then everything is fetched anew. Its busy loop after a failed renewal of the
 * token, a fault that OpenBao has and Vault has mended, is left out.
 */
final class PeerAgent implements Fleet.Member {

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int ATTEMPTS = 12;
    private static final int CLIENT_TRIES = 3;

    private final Random random;
    private final Instant[] due = new Instant[4];
    private final int[] failures = new int[4];
    private boolean loggedIn;

    /** The parts: two static secrets, the credentials, the token. */
    private static final int LEASE = 2;

    private static final int TOKEN = 3;

    PeerAgent(int index) {
        random = new Random(index);
        java.util.Arrays.fill(due, Instant.MAX);
        due[TOKEN] = Fleet.startOf(index);
    }

    @Override
    public Instant next() {
        return due[earliest()];
    }

    @Override
    public int act(Instant now, boolean storeIsThere) {
        int part = earliest();
        if (!storeIsThere) {
            return fail(part, now);
        }
        failures[part] = 0;
        if (part == TOKEN && !loggedIn) {
            return logIn(now);
        }
        boolean renewable = part == TOKEN || part == LEASE;
        due[part] = now.plus(renewable ? share(HOUR, 0.70, 0.033) : share(INTERVAL, 0.85, 0.10));
        return 1;
    }

    /** The login, the first renewals, two reads with a look at their mounts, the credentials. */
    private int logIn(Instant now) {
        loggedIn = true;
        due[0] = now.plus(share(INTERVAL, 0.85, 0.10));
        due[1] = now.plus(share(INTERVAL, 0.85, 0.10));
        due[LEASE] = now.plus(share(HOUR, 0.70, 0.033));
        due[TOKEN] = now.plus(share(HOUR, 0.70, 0.033));
        return 1 + 1 + 4 + 2;
    }

    private int fail(int part, Instant now) {
        int failed = ++failures[part];
        if (failed > ATTEMPTS) {
            // The runner ends and begins anew: everything is fetched again.
            failures[part] = 0;
            for (int i = 0; i < TOKEN; i++) {
                due[i] = now.plus(share(Duration.ofSeconds(1), 0.75, 0.5));
            }
            return CLIENT_TRIES;
        }
        long wait = Math.min(60_000, 250L << Math.min(failed - 1, 10));
        due[part] = now.plusMillis(wait);
        return CLIENT_TRIES;
    }

    private int earliest() {
        int earliest = 0;
        for (int i = 1; i < due.length; i++) {
            earliest = due[i].isBefore(due[earliest]) ? i : earliest;
        }
        return earliest;
    }

    private Duration share(Duration whole, double from, double width) {
        return Duration.ofMillis((long) (whole.toMillis() * (from + width * random.nextDouble())));
    }
}
