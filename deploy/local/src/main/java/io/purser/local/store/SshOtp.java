package io.purser.local.store;

import com.bettercloud.vault.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The engine {@code ssh} with one-time passwords: the one that leases without another system behind it. */
final class SshOtp implements Backend {

    private final Map<String, Fields> roles = new TreeMap<>();
    private final Leases leases;
    private final Clock clock;

    SshOtp(Leases leases, Clock clock) {
        this.leases = leases;
        this.clock = clock;
    }

    @Override
    public Reply handle(Call call) {
        String role = call.after("roles");
        if (role != null && call.is(Operation.WRITE)) {
            roles.put(role, call.fields());
            return Reply.noContent();
        }
        String creds = call.after("creds");
        if (creds == null || !call.is(Operation.WRITE)) {
            throw Refusal.unsupported();
        }
        Fields asked = roles.get(creds);
        if (asked == null) {
            throw new Refusal(400, "Role \"" + creds + "\" not found");
        }
        Instant now = clock.instant();
        Term term = Term.begin(now, Duration.ZERO, Duration.ZERO);
        String id = call.fullPath() + "/" + Ids.random();
        Lease lease = leases.add(new Lease(id, call.caller(), term, null, () -> {}));
        JsonObject secret = new JsonObject()
                .add("ip", call.fields().text("ip"))
                .add("key", UUID.randomUUID().toString())
                .add("key_type", "otp")
                .add("port", 22)
                .add("username", asked.text("default_user"));
        return Reply.leased(lease, term.left(now), secret);
    }
}
