package io.purser.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.agent.lease.StoreException.Kind;
import io.purser.agent.lease.Validity.Nature;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaseMachineTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final SecretRequest KV = new SecretRequest.Read("secret/web");
    private static final SecretRequest DB = new SecretRequest.Read("database/creds/web");

    @Test
    void aHealthyStoreIsNeverLeftWithADeadLeaseInTheFiles() {
        for (int seed = 0; seed < 16; seed++) {
            Random random = new Random(seed);
            VirtualStore store = new VirtualStore(random);
            store.tokenTtl = Duration.ofMinutes(5 + random.nextInt(120));
            store.tokenLongest = store.tokenTtl.multipliedBy(1 + random.nextInt(10));
            store.tokenRenewable = random.nextInt(4) > 0;
            VirtualAgent agent = agentWithAllNatures(store, seed);
            for (int minute = 1; minute < 24 * 60; minute++) {
                agent.run(store, START.plus(Duration.ofMinutes(minute)));
                for (SecretState secret : agent.state.secrets().values()) {
                    assertThat(secret.present()).isTrue();
                    assertThat(secret.expires()).isAfter(agent.now);
                    assertThat(!secret.leased() || store.leaseAlive(secret.leaseId(), agent.now))
                            .as("the lease of %s at minute %s of seed %s", secret.request(), minute, seed)
                            .isTrue();
                }
            }
            assertThat(store.liveTokens(agent.now)).as("tokens left behind").isLessThanOrEqualTo(2);
            assertThat(store.requests).as("requests in a day").isLessThan(5000);
        }
    }

    @Test
    void oneLoginIsEnoughWhereATokenCanBeRenewed() {
        VirtualStore store = new VirtualStore(new Random(1));
        store.tokenLongest = Duration.ofDays(30);
        VirtualAgent agent = agentWithAllNatures(store, 1);
        agent.run(store, START.plus(Duration.ofDays(2)));
        assertThat(store.logins).isEqualTo(1);
    }

    @Test
    void aTokenThatALoginGivesAgainIsNeitherRevokedNorAReasonForNewCredentials() {
        VirtualStore store = new VirtualStore(new Random(3));
        store.sameToken = true;
        store.tokenRenewable = false;
        VirtualAgent agent = new VirtualAgent(3, START);
        store.define(DB, Nature.RENEWABLE);
        agent.tell(new LeaseEvent.Wanted(DB));
        agent.run(store, START.plus(Duration.ofMinutes(1)));
        SecretState first = agent.state.secrets().get(DB);
        agent.run(store, START.plus(Duration.ofMinutes(59)));
        assertThat(store.logins).isGreaterThan(1);
        assertThat(store.revoked).isEmpty();
        assertThat(agent.state.secrets().get(DB).leaseId()).isEqualTo(first.leaseId());
    }

    @Test
    void randomEventsNeverBreakAnInvariantAndTheAgentRecovers() {
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            VirtualStore store = new VirtualStore(random);
            VirtualAgent agent = agentWithAllNatures(store, seed);
            store.faultShare = random.nextDouble();
            for (int i = 0; i < 60; i++) {
                randomStep(agent, store, random);
            }
            store.faultShare = 0;
            agent.now = RenewalPolicy.max(agent.now, agent.state.clock());
            agent.delivers(true);
            agent.tell(new LeaseEvent.Delivered(agent.state.secrets().keySet()));
            agent.run(store, agent.now.plus(Duration.ofMinutes(20)));
            for (SecretState secret : agent.state.secrets().values()) {
                assertThat(secret.present()).as("seed %s", seed).isTrue();
                assertThat(secret.failures()).isZero();
                assertThat(!secret.leased() || store.leaseAlive(secret.leaseId(), agent.now))
                        .as("seed %s, %s", seed, secret.request())
                        .isTrue();
            }
        }
    }

    @Test
    void anOldTokenLivesUntilItsSuccessorsSecretsAreInTheFiles() {
        VirtualStore store = new VirtualStore(new Random(3));
        store.define(DB, Nature.RENEWABLE);
        store.tokenRenewable = false;
        VirtualAgent agent = new VirtualAgent(3, START);
        agent.tell(new LeaseEvent.Wanted(DB));
        agent.run(store, START.plus(Duration.ofMinutes(1)));
        agent.delivers(false); // the disk is full
        agent.run(store, START.plus(Duration.ofMinutes(56)));
        assertThat(store.logins).isEqualTo(2);
        assertThat(store.revoked)
                .as("nothing is revoked while the old credentials are in use")
                .isEmpty();
        agent.tell(new LeaseEvent.Delivered(Set.of(DB)));
        Instant delivered = agent.now;
        agent.run(store, delivered.plus(VirtualAgent.POLICY.overlap()).minusSeconds(1));
        assertThat(store.revoked).isEmpty();
        agent.run(store, delivered.plus(VirtualAgent.POLICY.overlap()).plusSeconds(1));
        assertThat(store.revoked).containsExactly("token-1");
    }

    @Test
    void aNewTokenDoesNotMakeStaticSecretsAndCertificatesBeFetchedAgain() {
        VirtualStore store = new VirtualStore(new Random(4));
        SecretRequest certificate = new SecretRequest.Read("pki/cert");
        store.define(KV, Nature.STATIC);
        store.define(certificate, Nature.CERTIFICATE);
        VirtualAgent agent = new VirtualAgent(4, START);
        agent.tell(new LeaseEvent.Wanted(KV));
        agent.tell(new LeaseEvent.Wanted(certificate));
        agent.run(store, START.plusSeconds(10));
        store.revokeAll();
        agent.run(store, START.plus(Duration.ofMinutes(50)));
        assertThat(store.logins).isEqualTo(2);
        assertThat(agent.state.secrets().get(certificate).at()).isBefore(START.plusSeconds(10));
    }

    @Test
    void aTokenThatDiesAtOnceAgainAndAgainDoesNotMakeTheAgentHammer() {
        VirtualStore store = new VirtualStore(new Random(5));
        store.define(KV, Nature.STATIC);
        VirtualAgent agent = new VirtualAgent(5, START);
        agent.tell(new LeaseEvent.Wanted(KV));
        Instant end = START.plus(Duration.ofHours(1));
        while (agent.now.isBefore(end)) {
            while (agent.asked() != null) {
                LeaseEvent answer = store.answer(agent.asked(), agent.now);
                agent.tell(
                        agent.asked() instanceof LeaseEffect.Login
                                ? answer
                                : new LeaseEvent.Failed(Kind.TOKEN_DEAD, null));
            }
            agent.now = agent.wake();
            agent.tell(new LeaseEvent.Tick());
        }
        assertThat(store.logins).isBetween(10, 40);
    }

    @Test
    void whatTheStoreWillNotRenewIsFetchedAnew() {
        VirtualStore store = new VirtualStore(new Random(6));
        store.define(DB, Nature.RENEWABLE);
        VirtualAgent agent = new VirtualAgent(6, START);
        agent.tell(new LeaseEvent.Wanted(DB));
        agent.run(store, START.plusSeconds(10));
        String first = agent.state.secrets().get(DB).leaseId();
        store.revoked.add(first);
        agent.run(store, START.plus(Duration.ofMinutes(16)));
        assertThat(agent.state.secrets().get(DB).leaseId()).isNotEqualTo(first);
        assertThat(store.leaseAlive(agent.state.secrets().get(DB).leaseId(), agent.now))
                .isTrue();
    }

    @Test
    void whenTheStoreAsksForPatienceItGetsIt() {
        VirtualStore store = new VirtualStore(new Random(7));
        store.define(KV, Nature.STATIC);
        VirtualAgent agent = new VirtualAgent(7, START);
        agent.tell(new LeaseEvent.Wanted(KV));
        agent.tell(new LeaseEvent.Failed(Kind.RATE_LIMITED, Duration.ofSeconds(90)));
        assertThat(agent.wake()).isAfterOrEqualTo(START.plusSeconds(90));
    }

    @Test
    void theStoresWishForAWaitHasABound() {
        VirtualStore store = new VirtualStore(new Random(8));
        store.define(KV, Nature.STATIC);
        VirtualAgent agent = new VirtualAgent(8, START);
        agent.tell(new LeaseEvent.Wanted(KV));
        agent.tell(new LeaseEvent.Failed(Kind.UNAVAILABLE, Duration.ofDays(2)));
        assertThat(agent.wake()).isEqualTo(START.plus(RenewalPolicy.LONGEST_WISH));
    }

    @Test
    void agentsStartedTogetherDriftApart() {
        List<Instant> wakes = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            VirtualStore store = new VirtualStore(new Random(seed));
            store.define(KV, Nature.STATIC);
            VirtualAgent agent = new VirtualAgent(seed, START);
            agent.tell(new LeaseEvent.Wanted(KV));
            agent.run(store, START.plusSeconds(1));
            wakes.add(agent.wake());
        }
        long inTheSameSecond = wakes.stream()
                .mapToLong(at -> wakes.stream()
                        .filter(other -> Duration.between(at, other).abs().toMillis() < 500)
                        .count())
                .max()
                .orElse(0);
        assertThat(inTheSameSecond).isLessThan(20);
    }

    private static VirtualAgent agentWithAllNatures(VirtualStore store, long seed) {
        VirtualAgent agent = new VirtualAgent(seed, START);
        for (Nature nature : Nature.values()) {
            SecretRequest request = new SecretRequest.Read("mount/" + nature);
            store.define(request, nature);
            agent.tell(new LeaseEvent.Wanted(request));
        }
        agent.run(store, START.plusSeconds(5));
        return agent;
    }

    private static void randomStep(VirtualAgent agent, VirtualStore store, Random random) {
        SecretRequest some = new SecretRequest.Read("mount/" + Nature.values()[random.nextInt(Nature.values().length)]);
        switch (random.nextInt(9)) {
            case 0 -> agent.tell(new LeaseEvent.Wanted(some));
            case 1 -> agent.tell(new LeaseEvent.OnlyWanted(Set.of(some)));
            case 2 -> agent.tell(new LeaseEvent.RefreshAsked());
            case 3 -> agent.tell(new LeaseEvent.Delivered(Set.of(some)));
            case 4 -> agent.delivers(random.nextBoolean());
            case 5 -> store.revokeAll();
            case 6 -> {
                // The node slept, or its clock went back.
                agent.now = agent.now.plusSeconds(random.nextInt(7200) - 600);
                agent.tell(new LeaseEvent.Tick());
            }
            case 7 ->
                agent.tell(new LeaseEvent.LoggedIn(
                        new AuthToken(new SecretValue("stray"), "stray", Duration.ofHours(1), true, true)));
            default ->
                agent.run(
                        store, RenewalPolicy.max(agent.now, agent.state.clock()).plusSeconds(random.nextInt(1800)));
        }
    }
}
