package io.purser.agent.lease;

import io.purser.agent.lease.LeaseEffect.Exchange;
import io.purser.agent.lease.StoreException.Kind;
import io.purser.agent.lease.Validity.Nature;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A store on a virtual clock: tokens and leases with a longest life, leases that die with their token, and faults by
 * chance. It answers what the machine asks as a driver would.
 */
final class VirtualStore {

    private static final Kind[] FAULTS = {
        Kind.NOT_FOUND,
        Kind.DENIED,
        Kind.BAD_REQUEST,
        Kind.RATE_LIMITED,
        Kind.UNAVAILABLE,
        Kind.UNREACHABLE,
        Kind.MALFORMED
    };

    private final Random random;
    private final Map<SecretRequest, Nature> natures = new HashMap<>();
    private final Map<String, Life> tokens = new HashMap<>();
    private final Map<String, Life> leases = new HashMap<>();
    private final Map<String, String> tokenOfLease = new HashMap<>();
    final Set<String> revoked = new HashSet<>();
    Duration tokenTtl = Duration.ofHours(1);
    Duration tokenLongest = Duration.ofHours(10);
    boolean tokenRenewable = true;

    /** Whether each login gives the first one's token, as a file does. */
    boolean sameToken;

    double faultShare;
    int logins;
    int requests;

    /** When it was made, when it ends, when it ends at the latest. */
    private record Life(Instant end, Instant last) {}

    VirtualStore(Random random) {
        this.random = random;
    }

    void define(SecretRequest request, Nature nature) {
        natures.put(request, nature);
    }

    boolean tokenAlive(AuthToken token, Instant now) {
        Life life = tokens.get(token.value().text());
        return life != null
                && life.end().isAfter(now)
                && !revoked.contains(token.value().text());
    }

    boolean leaseAlive(String id, Instant now) {
        Life life = leases.get(id);
        String token = tokenOfLease.get(id);
        return life != null
                && life.end().isAfter(now)
                && !revoked.contains(id)
                && tokens.get(token).end().isAfter(now)
                && !revoked.contains(token);
    }

    long liveTokens(Instant now) {
        return tokens.entrySet().stream()
                .filter(entry -> entry.getValue().end().isAfter(now) && !revoked.contains(entry.getKey()))
                .count();
    }

    /** Somebody revokes every token by hand. */
    void revokeAll() {
        revoked.addAll(tokens.keySet());
    }

    /** How many requests besides the one it took to answer: where things go wrong, a driver asks about mounts and the token too. */
    int requestsMore() {
        return faultShare > 0 ? random.nextInt(4) : 0;
    }

    LeaseEvent answer(Exchange asked, Instant now) {
        requests++;
        if (random.nextDouble() < faultShare) {
            return new LeaseEvent.Failed(FAULTS[random.nextInt(FAULTS.length)], null);
        }
        if (asked instanceof LeaseEffect.Login) {
            return login(now);
        }
        AuthToken token = tokenOf(asked);
        if (!tokenAlive(token, now)) {
            boolean gone = asked instanceof LeaseEffect.Revoke;
            return gone
                    ? new LeaseEvent.Revoked(((LeaseEffect.Revoke) asked).old())
                    : new LeaseEvent.Failed(Kind.TOKEN_DEAD, null);
        }
        if (asked instanceof LeaseEffect.RenewToken) {
            return renewToken(token, now);
        }
        if (asked instanceof LeaseEffect.Fetch fetch) {
            return fetch(fetch, now);
        }
        if (asked instanceof LeaseEffect.RenewLease renew) {
            return renew(renew, now);
        }
        LeaseEffect.Revoke revoke = (LeaseEffect.Revoke) asked;
        revoked.add(
                revoke.old().token() != null
                        ? revoke.old().token().value().text()
                        : revoke.old().leaseId());
        return new LeaseEvent.Revoked(revoke.old());
    }

    private LeaseEvent login(Instant now) {
        Life given = sameToken ? tokens.get("token-1") : null;
        if (given != null) {
            logins++;
            Duration left = Duration.between(now, given.end());
            return new LeaseEvent.LoggedIn(new AuthToken(new SecretValue("token-1"), "a1", left, tokenRenewable, true));
        }
        String name = "token-" + ++logins;
        tokens.put(name, new Life(now.plus(tokenTtl), now.plus(tokenLongest)));
        return new LeaseEvent.LoggedIn(
                new AuthToken(new SecretValue(name), "a" + logins, tokenTtl, tokenRenewable, true));
    }

    private LeaseEvent renewToken(AuthToken token, Instant now) {
        Life life = tokens.get(token.value().text());
        Instant end = RenewalPolicy.min(now.plus(tokenTtl), life.last());
        tokens.put(token.value().text(), new Life(end, life.last()));
        return new LeaseEvent.TokenRenewed(
                new AuthToken(token.value(), token.accessor(), Duration.between(now, end), true, true));
    }

    private LeaseEvent fetch(LeaseEffect.Fetch fetch, Instant now) {
        Nature nature = natures.get(fetch.request());
        String id = "lease-" + requests;
        LeaseTerms terms =
                switch (nature) {
                    case STATIC -> LeaseTerms.NONE;
                    case RENEWABLE -> new LeaseTerms(id, Duration.ofMinutes(20), true);
                    case EXPIRING -> new LeaseTerms(id, Duration.ofMinutes(15), false);
                    case SCHEDULED -> new LeaseTerms("", Duration.ofMinutes(7), false);
                    case CERTIFICATE -> new LeaseTerms("", Duration.ofHours(3), false);
                };
        if (terms.leased()) {
            leases.put(id, new Life(now.plus(terms.ttl()), now.plus(Duration.ofMinutes(90))));
            tokenOfLease.put(id, fetch.token().value().text());
        }
        return new LeaseEvent.Fetched(fetch.request(), new Validity(nature, terms), nature != Nature.STATIC);
    }

    private LeaseEvent renew(LeaseEffect.RenewLease renew, Instant now) {
        Life life = leases.get(renew.leaseId());
        if (life == null || !life.end().isAfter(now) || revoked.contains(renew.leaseId())) {
            return new LeaseEvent.Failed(Kind.BAD_REQUEST, null);
        }
        Instant end = RenewalPolicy.min(now.plus(renew.increment()), life.last());
        leases.put(renew.leaseId(), new Life(end, life.last()));
        return new LeaseEvent.Renewed(
                renew.request(), new LeaseTerms(renew.leaseId(), Duration.between(now, end), true));
    }

    private static AuthToken tokenOf(Exchange asked) {
        if (asked instanceof LeaseEffect.RenewToken renew) {
            return renew.token();
        }
        if (asked instanceof LeaseEffect.Fetch fetch) {
            return fetch.token();
        }
        return asked instanceof LeaseEffect.RenewLease renew ? renew.token() : ((LeaseEffect.Revoke) asked).token();
    }
}
