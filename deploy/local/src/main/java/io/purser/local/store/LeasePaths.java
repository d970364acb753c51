package io.purser.local.store;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The paths under {@code sys/leases/}. */
final class LeasePaths {

    private final Leases leases;
    private final Clock clock;

    LeasePaths(Leases leases, Clock clock) {
        this.leases = leases;
        this.clock = clock;
    }

    Reply handle(Call call) {
        String path = call.path().substring("leases/".length());
        if (path.startsWith("lookup/") && call.is(Operation.LIST)) {
            return Reply.keys(leases.under(path.substring("lookup/".length())));
        }
        if (path.startsWith("revoke-prefix/")) {
            revokeUnder(path.substring("revoke-prefix/".length()));
            return Reply.noContent();
        }
        int slash = path.indexOf('/');
        String verb = slash < 0 ? path : path.substring(0, slash);
        String id = call.fields().text("lease_id", slash < 0 ? "" : path.substring(slash + 1));
        return switch (verb) {
            case "renew" -> renew(id, call.fields());
            case "lookup" -> lookup(id);
            case "revoke" -> {
                leases.revoke(id);
                yield Reply.noContent();
            }
            default -> throw Refusal.unsupported();
        };
    }

    void revokeUnder(String prefix) {
        leases.revokeUnder(prefix);
    }

    private Reply renew(String id, Fields asked) {
        Lease lease = leases.find(id);
        if (lease == null) {
            throw new Refusal(400, "lease not found");
        }
        if (!lease.renewable()) {
            throw new Refusal(400, "lease is not renewable");
        }
        Instant now = clock.instant();
        Duration increment = asked.duration("increment");
        String warning = lease.term().caps(now, increment) ? Caps.warning(asked.text("increment"), lease.term()) : null;
        lease.renew(lease.term().renew(now, increment), now);
        return Reply.leased(lease, lease.term().left(now), null).warn(warning);
    }

    private Reply lookup(String id) {
        Lease lease = leases.find(id);
        if (lease == null) {
            throw new Refusal(400, "invalid lease");
        }
        Instant renewed = lease.renewed();
        return Reply.of(new JsonObject()
                .add("expire_time", TokenBackend.time(lease.term().expires()))
                .add("id", id)
                .add("issue_time", TokenBackend.time(lease.term().issued()))
                .add("last_renewal", renewed == null ? Json.NULL : TokenBackend.time(renewed))
                .add("path", id.substring(0, id.lastIndexOf('/')))
                .add("renewable", lease.renewable())
                .add("ttl", lease.term().left(clock.instant()).toSeconds()));
    }
}
