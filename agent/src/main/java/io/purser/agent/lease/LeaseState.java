package io.purser.agent.lease;

import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything the machine of the leases knows: immutable, and all that the sidecar needs to go on where init stopped.
 *
 * @param seed of the jitter; differs from agent to agent
 * @param draws how often jitter was drawn
 * @param clock the latest time seen
 * @param token the one in use, or null before a login
 * @param loginFailures in a row
 * @param loginDue no login before this
 * @param secrets by request, in the order in which they were first wanted
 * @param superseded what is still to be revoked
 * @param trouble how the store has been doing
 * @param inFlight what the store was asked last, until the machine is told how it went
 */
public record LeaseState(
        long seed,
        long draws,
        Instant clock,
        @Nullable TokenState token,
        int loginFailures,
        Instant loginDue,
        Map<SecretRequest, SecretState> secrets,
        List<Superseded> superseded,
        StoreTrouble trouble,
        LeaseEffect.@Nullable Exchange inFlight) {

    /** Copies the collections. */
    public LeaseState {
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
        superseded = List.copyOf(superseded);
    }

    /** The state of an agent that begins. */
    public static LeaseState initial(long seed, Instant now) {
        return resumed(seed, now, null, List.of(), List.of());
    }

    /** The state of an agent that goes on where another process stopped. */
    public static LeaseState resumed(
            long seed,
            Instant now,
            @Nullable TokenState token,
            List<SecretState> secrets,
            List<Superseded> superseded) {
        Map<SecretRequest, SecretState> byRequest = new LinkedHashMap<>();
        for (SecretState secret : secrets) {
            byRequest.put(secret.request(), secret);
        }
        return new LeaseState(seed, 0, now, token, 0, Instant.MIN, byRequest, superseded, StoreTrouble.NONE, null);
    }

    /** Moves every moment, after the clock has jumped back by {@code -by}. */
    public LeaseState shifted(Duration by) {
        Map<SecretRequest, SecretState> moved = new LinkedHashMap<>();
        secrets.forEach((request, secret) -> moved.put(request, secret.shifted(by)));
        List<Superseded> old = new ArrayList<>();
        for (Superseded one : superseded) {
            old.add(one.shifted(by));
        }
        TokenState movedToken = token == null ? null : token.shifted(by);
        return new LeaseState(
                seed, draws, clock.plus(by), movedToken, 0, Instant.MIN, moved, old, StoreTrouble.NONE, inFlight);
    }

    /** The number of the last login, 0 before the first. */
    int generation() {
        int newest = token == null ? 0 : token.generation();
        for (Superseded old : superseded) {
            newest = Math.max(newest, old.generation());
        }
        for (SecretState secret : secrets.values()) {
            newest = Math.max(newest, secret.generation());
        }
        return newest;
    }

    LeaseState at(Instant now) {
        return new LeaseState(seed, draws, now, token, loginFailures, loginDue, secrets, superseded, trouble, inFlight);
    }

    LeaseState drawn() {
        return new LeaseState(
                seed, draws + 1, clock, token, loginFailures, loginDue, secrets, superseded, trouble, inFlight);
    }

    LeaseState withToken(@Nullable TokenState changed) {
        return new LeaseState(
                seed, draws, clock, changed, loginFailures, loginDue, secrets, superseded, trouble, inFlight);
    }

    LeaseState withLogin(int failures, Instant due) {
        return new LeaseState(seed, draws, clock, token, failures, due, secrets, superseded, trouble, inFlight);
    }

    LeaseState withSecrets(Map<SecretRequest, SecretState> changed) {
        return new LeaseState(
                seed, draws, clock, token, loginFailures, loginDue, changed, superseded, trouble, inFlight);
    }

    LeaseState with(SecretState changed) {
        Map<SecretRequest, SecretState> map = new LinkedHashMap<>(secrets);
        map.put(changed.request(), changed);
        return withSecrets(map);
    }

    LeaseState mapSecrets(UnaryOperator<SecretState> change) {
        Map<SecretRequest, SecretState> map = new LinkedHashMap<>();
        secrets.forEach((request, secret) -> map.put(request, change.apply(secret)));
        return withSecrets(map);
    }

    LeaseState withSuperseded(List<Superseded> changed) {
        return new LeaseState(seed, draws, clock, token, loginFailures, loginDue, secrets, changed, trouble, inFlight);
    }

    /** A token that is not the agent's to revoke is left to its own end. */
    LeaseState plusSuperseded(Superseded old) {
        if (!old.revocable()) {
            return this;
        }
        List<Superseded> all = new ArrayList<>(superseded);
        all.add(old);
        return withSuperseded(all);
    }

    LeaseState withTrouble(StoreTrouble changed) {
        return new LeaseState(
                seed, draws, clock, token, loginFailures, loginDue, secrets, superseded, changed, inFlight);
    }

    LeaseState withInFlight(LeaseEffect.@Nullable Exchange exchange) {
        return new LeaseState(
                seed, draws, clock, token, loginFailures, loginDue, secrets, superseded, trouble, exchange);
    }

    /** A number from 0 to 1 that differs from draw to draw and from agent to agent. */
    double jitter() {
        long mixed = seed + 0x9E3779B97F4A7C15L * (draws + 1);
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
