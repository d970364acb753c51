package io.purser.certs.rotation;

import io.purser.certs.authority.Leaf;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A cluster in memory: the Secret and the configuration with their versions, API servers that see the configuration
 * late, and replicas whose reads and writes interleave. Every choice comes from one seed.
 */
final class SimulatedCluster {
    static final Duration LAG = Duration.ofSeconds(40);
    static final List<String> NAMES = List.of("purser-webhook.purser.svc");

    final Random random;
    final RotationPolicy policy;
    final Rotation rotation;
    final List<Replica> replicas = new ArrayList<>();
    final List<String> history = new ArrayList<>();
    Instant now = Instant.parse("2026-03-01T00:00:00Z");

    TrustState secret;
    int secretVersion;
    String bundle = "";
    int bundleVersion;
    boolean firstBundleSeen;
    int authoritiesMade;
    private final List<View> views = List.of(new View(), new View());
    private final List<Publication> publications = new ArrayList<>(List.of(new Publication(now, Set.of())));
    private final Map<X509Certificate, Map<X509Certificate, Boolean>> verified = new IdentityHashMap<>();

    SimulatedCluster(long seed, RotationPolicy policy) {
        this.random = new Random(seed);
        this.policy = policy;
        this.rotation = new Rotation(policy);
        for (int number = 0; number < 3; number++) {
            replicas.add(new Replica("replica-" + number));
        }
    }

    /** Time passes, some API server catches up, one replica does a part of its round. */
    void tick() {
        now = now.plusSeconds(random.nextInt(4));
        views.forEach(View::catchUp);
        for (Replica replica : replicas) {
            boolean late = replica.lastRound.plusSeconds(15).isBefore(now);
            if (!replica.cutOff() && (late || random.nextInt(3) == 0)) {
                replica.act();
            }
        }
    }

    /** What would be refused for TLS now: a replica and an API server that do not fit. */
    List<String> refusals() {
        List<String> refusals = new ArrayList<>();
        for (Replica replica : replicas) {
            X509Certificate leaf = replica.leaf;
            if (leaf == null || !now.isBefore(leaf.getNotAfter().toInstant())) {
                continue; // not ready: no request reaches it
            }
            for (View view : views) {
                if (view.trusted().stream().noneMatch(ca -> signed(ca, leaf))) {
                    refusals.add(replica.name + " serves a leaf that an API server does not trust at " + now);
                }
            }
        }
        return firstBundleSeen ? refusals : List.of();
    }

    void editBundleByHand(String text) {
        bundle = text;
        bundleVersion++;
        publications.add(new Publication(now, trustedBy(text).anyTrusted()));
        history.add(now + " a hand edits the caBundle");
    }

    private static Published trustedBy(String bundle) {
        return Published.of(List.of(bundle));
    }

    /** Remembers each answer: verifying is slow, and asked for the same pairs again and again. */
    boolean signed(X509Certificate ca, X509Certificate leaf) {
        return verified.computeIfAbsent(leaf, key -> new HashMap<>()).computeIfAbsent(ca, key -> verify(key, leaf));
    }

    private static boolean verify(X509Certificate ca, X509Certificate leaf) {
        try {
            leaf.verify(ca.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private record Publication(Instant at, Set<X509Certificate> trusted) {}

    /** One API server's view of the caBundle: at most LAG behind, never going back. */
    private final class View {
        int seen;

        void catchUp() {
            while (seen + 1 < publications.size()) {
                boolean overdue = publications.get(seen + 1).at().plus(LAG).isBefore(now);
                if (!overdue && random.nextInt(10) != 0) {
                    return;
                }
                seen++;
            }
            firstBundleSeen |= views.stream().noneMatch(view -> view.trusted().isEmpty());
        }

        Set<X509Certificate> trusted() {
            return publications.get(seen).trusted();
        }
    }

    /** One certs container. Its round is four parts, between which others act. */
    final class Replica {
        final String name;
        X509Certificate leaf;
        TrustState remembered;
        Instant readAt = Instant.MIN;
        Instant lastRound = now;
        Instant cutOffUntil = now;
        private int part;
        private Published seenBundle;
        private int seenBundleVersion;
        private TrustState seenSecret;
        private int seenSecretVersion;

        Replica(String name) {
            this.name = name;
        }

        boolean cutOff() {
            return now.isBefore(cutOffUntil);
        }

        /** Killed and started again: a new container with an empty volume. */
        void restart() {
            leaf = null;
            remembered = null;
            part = 0;
            history.add(now + " " + name + " restarts");
        }

        void act() {
            switch (part) {
                case 0 -> {
                    seenBundle = trustedBy(bundle);
                    seenBundleVersion = bundleVersion;
                }
                case 1 -> {
                    seenSecret = secret;
                    seenSecretVersion = secretVersion;
                }
                default -> write();
            }
            part = (part + 1) % 3;
            lastRound = now;
        }

        private void write() {
            // two replicas that both believe to be the writer are allowed: safety is by preconditions
            boolean writer = random.nextInt(3) != 0;
            Step step = writer ? rotation.next(seenSecret, remembered, seenBundle, now) : new Step.Rest();
            if (seenSecret != null) {
                remembered = seenSecret;
                readAt = now;
            }
            if (step instanceof Step.Save save && seenSecretVersion == secretVersion) {
                if (secret == null
                        || save.state().authorities().size()
                                > secret.authorities().size()) {
                    authoritiesMade++;
                }
                secret = save.state();
                secretVersion++;
                history.add(now + " " + name + " saves: " + save.reason() + " " + save.state());
            } else if (step instanceof Step.Publish publish && seenBundleVersion == bundleVersion) {
                bundle = publish.caBundle();
                bundleVersion++;
                publications.add(new Publication(now, trustedBy(bundle).anyTrusted()));
                history.add(now + " " + name + " publishes: " + publish.reason());
            }
            renew();
        }

        private void renew() {
            if (remembered != null) {
                Optional<Leaf> renewed = new LeafRenewal(policy, NAMES).renew(remembered, readAt, leaf, now);
                renewed.ifPresent(issued -> leaf = issued.certificate());
            }
        }
    }
}
